"""The headers of mails that no person writes."""

from urllib.parse import urlsplit

from django.conf import settings


def automatic(key: str) -> dict[str, str]:
    """Return what marks a mail as ours and as automatic (RFC 3834), the same at each attempt.

    Nobody's absence note answers it; sent twice, it is recognised as one.
    """
    return {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}


def message_id(key: str) -> str:
    """Return a Message-ID that says `key` and our host."""
    return f"<{key}@{urlsplit(settings.PUBLIC_URL).hostname}>"
