"""The little Markdown that the API's descriptions are written in, as HTML; all else is escaped.

Known are `code`, **strong**, *emphasis*, [links](https://…), paragraphs and lists of "- ". A
library would know HTML too, which no description needs and every reviewer would have to watch.
"""

import re
from collections.abc import Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

#: Bounded, for a mark that is never closed is looked for from each that opens. Browsers read `\`
#: in an address as `/`: `/\a.example` leads elsewhere.
INLINE = re.compile(
    r"`(?P<code>[^`]{1,300})`"
    r"|\*\*(?P<strong>\S(?:[^*]{0,300}[^*\s])?)\*\*"
    r"|\*(?P<em>[^*\s](?:[^*]{0,300}[^*\s])?)\*"
    r"|\[(?P<text>[^][]{1,300})\]\((?P<href>(?:https?://|/(?!/)|#)[^\s()\\]{1,300})\)"
)
PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
ITEM = "- "


def line_of(text: str) -> SafeString:
    """Return the words of one paragraph, or of a cell of a table."""
    return mark_safe("".join(spans(text)))  # every span is escaped


def spans(text: str) -> Iterator[str]:
    """Yield what stands between marks, and what they mark."""
    end = 0
    for found in INLINE.finditer(text):
        yield escape(text[end : found.start()])
        yield marked(found)
        end = found.end()
    yield escape(text[end:])


def marked(found: re.Match[str]) -> str:
    """Return the element that a mark stands for; what code says is not read again."""
    kind = found.lastgroup or ""
    if kind == "href":
        return format_html('<a href="{}">{}</a>', found["href"], line_of(found["text"]))
    words = escape(found["code"]) if kind == "code" else line_of(found[kind])
    return format_html("<{}>{}</{}>", kind, words, kind)


def blocks_of(text: str) -> SafeString:
    """Return paragraphs and lists."""
    blocks = (block_of(block) for block in PARAGRAPH_END.split(text.strip()) if block.strip())
    return format_html_join("\n", "{}", ((block,) for block in blocks))


def block_of(block: str) -> SafeString:
    """Return a list where every line is an item, else a paragraph."""
    lines = [line.strip() for line in block.splitlines()]
    if not all(line.startswith(ITEM) for line in lines):
        return format_html("<p>{}</p>", line_of(" ".join(lines)))
    items = ((line_of(line.removeprefix(ITEM)),) for line in lines)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
