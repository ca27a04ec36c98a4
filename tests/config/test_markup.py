"""Templates stay readable: the check of `make lint` finds what is crowded, and nothing else."""

from pathlib import Path

import pytest
from markup import TEMPLATES, complaints, faults

GOOD = """
{% load i18n %}
{# A card. title; href. Like <ul><li> it is an example in a comment. #}
<article class="card{% if is_wide %} wide{% endif %}">
  <h2><a href="{{ href }}">{{ title }}</a></h2>
  <p>
    <strong>{{ space }}</strong>, <a href="{{ href }}">{{ site }}</a> <time>{{ day }}</time>
  </p>
  <div
    class="notice"
    role="{% if is_error %}alert{% else %}status{% endif %}"
  >
    {% if how_many > 3 %}
      {% blocktranslate count n=n %}{{ n }} bus{% plural %}{{ n }} buses{% endblocktranslate %}
    {% else %}
      <p>{{ few }}</p>
    {% endif %}
  </div>
</article>
"""


def test_a_template_formatted_by_hand_is_left_alone() -> None:
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"<p>{'x' * 117}</p>", "124 characters, at most 120"),
        ("<ul><li>Villé</li></ul>", "one element a line, not ul, li"),
        ("<dt>Site</dt><dd>La Fabrique</dd>", "one element a line, not dt, dd"),
        ('<svg><path d="M8 9"/></svg>', "one element a line, not svg, path"),
        (
            "<h1>{% if own %}Your place{% else %}The booking{% endif %}</h1>",
            "chooses words: let a view or a tag do it",
        ),
        (
            "{% if a %}{% if b %}1{% endif %}{% elif c %}2{% endif %}",
            "chooses words: let a view or a tag do it",
        ),
        (
            '{% if href %}<a href="#">{% else %}<span>{% endif %}',
            "chooses words: let a view or a tag do it",
        ),
    ],
)
def test_a_crowded_line_is_told_with_its_number(line: str, why: str) -> None:
    assert list(faults(f"<main>\n{line}\n</main>")) == [(2, why)]


def test_a_start_tag_of_several_lines_ends_where_it_is_closed() -> None:
    words = "{% if a %}1{% else %}2{% endif %}"

    found = list(faults(f'<a\n  rel="{words}"\n  href="#"\n>\n  {words}\n</a>'))

    assert found == [(5, "chooses words: let a view or a tag do it")]


def test_pages_and_mails_of_every_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "sites" / "email").mkdir(parents=True)
    (tmp_path / "page.html").write_text("<tr><td></td></tr>\n", "utf-8")
    (tmp_path / "sites" / "email" / "told.txt").write_text(f"Hello\n{'é' * 121}\n", "utf-8")
    (tmp_path / "sites" / "photo.svg").write_text("<svg><g></g></svg>\n", "utf-8")

    assert complaints(tmp_path) == [
        "page.html:1: one element a line, not tr, td",
        "sites/email/told.txt:2: 121 characters, at most 120",
    ]


def test_every_template_can_be_read() -> None:
    assert TEMPLATES.is_dir()
    assert complaints(TEMPLATES) == []
