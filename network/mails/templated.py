"""A mail that no person writes, of two templates of one name: text and HTML."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string

from network.mails.headers import automatic
from network.mails.wire import Message


def templated(
    template: str, *, subject: str, context: Mapping[str, object], to: str, key: str
) -> Message:
    """Return the mail in the active language; `key` says what it is, the same at each attempt.

    Both templates are told its subject and the network's address besides `context`.
    """
    told = {"home": settings.PUBLIC_URL, **context, "subject": subject}
    return Message(
        subject=subject,
        body=render_to_string(f"{template}.txt", told),
        html=render_to_string(f"{template}.html", told),
        to=[to],
        headers=automatic(key),
    )
