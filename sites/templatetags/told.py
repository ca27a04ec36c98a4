"""Words of a community, marked with their language where it is not the page's."""

from collections.abc import Iterable

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sites.models.vocabulary import Term
from sites.models.worded import Worded
from sites.telling import Told, reading_language, source_language

register = template.Library()


def marked(words: Told, shown: str | None = None) -> SafeString:
    """Return the words for a page, or what is `shown` of them, with a `lang` if it needs one."""
    text = conditional_escape(words.text if shown is None else shown)
    if words.lang in ("", reading_language()):
        return text
    return format_html('<span lang="{}">{}</span>', words.lang, text)


def own_words(text: str) -> Told:
    """Return a name as what it is: words of the network's own language."""
    return Told(text, source_language())


@register.filter
def as_own(text: str) -> SafeString:
    """Return a name of the network's own language, marked where it is not the page's."""
    return marked(own_words(text))


def filled(sentence: str, **values: str) -> SafeString:
    """Return `sentence` with `values` in its places, for a page: what is marked stays so."""
    safe = {name: conditional_escape(value) for name, value in values.items()}
    return mark_safe(conditional_escape(sentence) % safe)


@register.simple_tag
def told(row: Worded, name: str) -> SafeString:
    """Return the column `name` of `row` in the reader's language, or marked as in another."""
    return marked(row.told(name))


@register.filter
def told_lines(words: Told) -> SafeString:
    """Return words of several lines, marked if they are in another language."""
    return marked(words, linebreaksbr(words.text))


@register.filter
def told_names(terms: Iterable[Term]) -> SafeString:
    """Return the names of `terms`, a comma between, marked if they are in another language."""
    return format_html_join(", ", "{}", ((marked(one.told("name")),) for one in terms))
