"""What a page says, and what the button on it agrees to."""

import html
import re
from typing import Any

from tests.words import plain


def words(page: Any) -> str:
    """Return the words of a page, without its markup."""
    text = re.sub(r"<[^>]*>", " ", page.content.decode())
    return " ".join(plain(html.unescape(text)).split())


def agreed_on(page: Any) -> dict[str, str]:
    """Return what the button of a page agrees to, as it sends it: for each way to pay."""
    found = dict(re.findall(r'name="(agreed\w*)" value="([^"]*)"', page.content.decode()))
    assert "agreed" in found, words(page)
    return found
