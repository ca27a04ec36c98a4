"""Descriptions of the API become HTML that holds nothing but what was meant."""

from time import process_time

import pytest

from api.markdown import blocks_of, line_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("`near` first", "<code>near</code> first"),
        ("**must** and *may*", "<strong>must</strong> and <em>may</em>"),
        ("[RFC 9457](https://a.example/rfc)", '<a href="https://a.example/rfc">RFC 9457</a>'),
        ("[the `code`](#errors)", '<a href="#errors">the <code>code</code></a>'),
        ("`*a* [b](#c)`", "<code>*a* [b](#c)</code>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a ` alone", "a ` alone"),
    ],
)
def test_marks_become_elements(text: str, shown: str) -> None:
    assert line_of(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", "&lt;script&gt;"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("**<b>**", "<strong>&lt;b&gt;</strong>"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](//elsewhere.example)", "[x](//elsewhere.example)"),
        (r"[x](/\evil.example)", r"[x](/\evil.example)"),
        (r"[x](https:\\evil.example)", r"[x](https:\\evil.example)"),
        ('[x](/a"onclick=b)', '<a href="/a&quot;onclick=b">x</a>'),
    ],
)
def test_nothing_written_becomes_code_of_the_page(text: str, shown: str) -> None:
    assert line_of(text) == shown


@pytest.mark.parametrize("sign", ["[", "*a", "`", "[a](", "**a", "[`*"])
def test_marks_that_nobody_closes_take_no_time(sign: str) -> None:
    text = sign * 20_000
    began = process_time()

    line_of(text)

    # Looking on to the end from each takes several seconds.
    assert process_time() - began < 2


def test_paragraphs_and_lists_are_told_apart() -> None:
    text = "Two lines\nof one.\n\n- `a`\n- b\n\nThe end."

    assert blocks_of(text) == (
        "<p>Two lines of one.</p>\n<ul><li><code>a</code></li><li>b</li></ul>\n<p>The end.</p>"
    )


def test_no_words_make_no_paragraph() -> None:
    assert blocks_of("  \n\n ") == ""
