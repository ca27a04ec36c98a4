"""A mail as it waits, as JSON, and as it goes over the wire."""

from email.header import Header
from email.message import Message as Part
from typing import Any, NotRequired, TypedDict

from django.core.mail import EmailMultiAlternatives

#: A longer word would be folded to a line of its own, and leave the header's first line empty.
LONGEST_PLAIN_WORD = 60
#: A link in one word that mail programs read (RFC 8058): on the line of its name, however long.
UNFOLDED = "List-Unsubscribe"


class Message(TypedDict):
    """A mail as JSON. `alternatives` are (content, media type), `attachments` begin by a name."""

    subject: str
    body: str
    to: list[str]
    html: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    alternatives: NotRequired[list[list[str]]]
    attachments: NotRequired[list[list[str]]]


class Mail(EmailMultiAlternatives):
    """A mail whose subject begins on the line of its name.

    Django writes « Subject: » alone on a line before an encoded subject, which some mail programs
    show as empty and filters count as a sign of spam.
    """

    def message(self) -> Any:  # type: ignore[override]  # the stubs know a later Django
        """Return the mail with its subject encoded so that its first line leaves room."""
        mail = super().message()
        del mail["Subject"]
        # The Safe… classes would encode it again; `self.subject` was made one line before.
        Part.__setitem__(mail, "Subject", encoded(str(self.subject)))
        if UNFOLDED in mail:
            link = str(mail[UNFOLDED])
            del mail[UNFOLDED]
            Part.__setitem__(mail, UNFOLDED, Header(link, charset="ascii"))
        return mail


def encoded(subject: str) -> Header:
    """Return a subject as a header: as it is when it is plain, else in encoded words."""
    is_plain = subject.isascii() and all(
        len(word) <= LONGEST_PLAIN_WORD for word in subject.split(" ")
    )
    return Header(subject, charset="ascii" if is_plain else "utf-8", header_name="Subject")
