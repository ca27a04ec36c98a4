"""How a button or a control that allauth describes is one of ours."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

#: Tags of allauth's buttons and the variant that they ask for; the first that is there counts.
VARIANTS = {"danger": "danger", "link": "quiet", "cancel": "quiet", "outline": "", "secondary": ""}
#: What a control is or is not, without a value.
FLAGS = ("required", "disabled", "readonly", "checked")


@register.filter
def variant_of(attrs: Mapping[str, Any]) -> str:
    """Return the variant of a button: plain as a link, without tags, or when they say so."""
    tags = attrs.get("tags")
    if tags is None:
        return ""
    asked = [variant for tag, variant in VARIANTS.items() if tag in tags]
    usual = "" if attrs.get("href") else "primary"
    return asked[0] if asked else usual


@register.filter
def is_check(attrs: Mapping[str, Any]) -> bool:
    """Tell whether a control stands before its label."""
    return attrs.get("type") in {"checkbox", "radio"}


@register.simple_tag
def control_attributes(attrs: Mapping[str, Any], names: str) -> SafeString:
    """Return the id of a control, those of `names` that it has, and its flags."""
    valued = format_html_join(
        "", ' {}="{}"', ((name, attrs[name]) for name in ("id", *names.split()) if has(attrs, name))
    )
    flags = format_html_join("", " {}", ((name,) for name in FLAGS if attrs.get(name)))
    return valued + flags


def has(attrs: Mapping[str, Any], name: str) -> bool:
    """Tell whether an attribute is given; a value may be empty."""
    value = attrs.get(name)
    return value is not None if name == "value" else bool(value)
