"""Texts that are not HTML."""

import re

from django import template

register = template.Library()

BLANK_LINES = re.compile(r"\n\s*\n")


@register.simple_block_tag
def paragraphs(content: str) -> str:
    """Leave one blank line between the paragraphs of a text, whichever of them are empty."""
    return BLANK_LINES.sub("\n\n", content).strip()
