"""Mail for a developer: one file a mail, to open with any mail program."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = structlog.get_logger(__name__)


class FolderBackend(BaseEmailBackend):
    """Write mails as .eml files to `EMAIL_FILE_PATH` and say where in the log.

    A mail sent a second time replaces its file, for its Message-ID is its name.
    """

    def __init__(self, *args: Any, file_path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file_path = file_path or getattr(settings, "EMAIL_FILE_PATH", "var/mail")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; return how many."""
        folder = Path(self.file_path)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = re.sub(r"[^\w.-]", "", str(message["Message-ID"]).split("@")[0])
            path = folder / f"{name}.eml"
            path.write_bytes(message.as_bytes())
            logger.info("mail written", to=mail.to, subject=mail.subject, path=str(path))
        return len(email_messages)
