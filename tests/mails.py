"""Mail that was sent, as its reader's program gets it."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from django.core import mail


def read(sent: Any) -> EmailMessage:
    return BytesParser(EmailMessage, policy=default).parsebytes(sent.message().as_bytes())


def mailbox() -> list[EmailMessage]:
    """Return every mail, oldest first."""
    return [read(sent) for sent in mail.outbox]


def part(message: EmailMessage, media_type: str) -> str:
    """Return the only part of that type."""
    (found,) = [p for p in message.walk() if p.get_content_type() == media_type]
    content = found.get_content()
    return content if isinstance(content, str) else content.decode()


def words(message: EmailMessage) -> str:
    """Return subject and text."""
    return f"{message['Subject']}\n{part(message, 'text/plain')}"
