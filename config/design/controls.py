"""Controls of forms, written as Django's templates write them, in a tenth of the time.

A search has some forty choices: drawing each by a template within a template was a tenth of its
page.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeData

Control = Mapping[str, Any]
FOLDER = "django/forms/widgets/"
#: Kinds of inputs whose templates only include the one of inputs.
INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "time", "checkbox")


def written(value: object) -> str:
    """Return a value as it stands between quotes or tags: what is not markup yet is escaped.

    As `conditional_escape` does, but without its question whether the value is lazy: a page asks
    for two thousand.
    """
    if type(value) is not str:
        value = str(value)  # of what is lazy, its words or its markup
    return value if isinstance(value, SafeData) else escape(value, quote=True)


def attributes(control: Control) -> str:
    """Return the attributes, a blank before each."""
    return "".join(
        f" {name}" if value is True else f' {name}="{written(value)}"'
        for name, value in control["attrs"].items()
        if value is not False
    )


def field(control: Control) -> str:
    """Return an input."""
    value = control["value"]
    told = "" if value is None else f' value="{written(value)}"'
    name = written(control["name"])
    return f'<input type="{control["type"]}" name="{name}"{told}{attributes(control)}>'


def choice(control: Control) -> str:
    """Return a box to tick, within its label."""
    if not control.get("wrap_label"):
        return field(control)
    key = control["attrs"].get("id")
    told = f' for="{written(key)}"' if key else ""
    return f"<label{told}>{field(control)}\n {written(control['label'])}</label>"


def option(control: Control) -> str:
    """Return one line of a list."""
    value, label = written(control["value"]), written(control["label"])
    return f'<option value="{value}"{attributes(control)}>{label}</option>'


def choices(control: Control) -> str:
    """Return several boxes to tick."""
    attrs = control["attrs"]
    told = "".join(
        f' {name}="{written(attrs[name])}"' for name in ("id", "class") if attrs.get(name)
    )
    lines = "".join(f"<div>\n    {choice(one)}</div>" for one in ungrouped(control))
    return f"<div{told}>{lines}</div>"


def listed(control: Control) -> str:
    """Return a list to choose from."""
    lines = "".join(f"\n  {option(one)}" for one in ungrouped(control))
    return f'<select name="{written(control["name"])}"{attributes(control)}>{lines}\n</select>'


def ungrouped(control: Control) -> Iterable[Control]:
    """Return the choices one by one."""
    return (one for _name, group, _index in control["optgroups"] for one in group)


#: By the template that each is drawn without, and the one of its choices.
DRAWN: Mapping[str, tuple[Callable[[Control], str], str]] = {
    **{f"{FOLDER}{name}.html": (field, "") for name in INPUTS},
    f"{FOLDER}select.html": (listed, f"{FOLDER}select_option.html"),
    f"{FOLDER}checkbox_select.html": (choices, f"{FOLDER}checkbox_option.html"),
    f"{FOLDER}radio.html": (choices, f"{FOLDER}radio_option.html"),
}


def drawn(template_name: str, control: Control) -> str | None:
    """Return a control as that template would draw it; None where only the template can."""
    draw, choice_name = DRAWN.get(template_name, (None, ""))
    if draw is None:
        return None
    groups = control.get("optgroups", ())
    if any(name or one["template_name"] != choice_name for name, some, _ in groups for one in some):
        return None
    return draw(control)
