"""A mail server that writes each mail to a journal, on disk, before it says that it has it.

`python -m torture.sink PORT JOURNAL`. It takes its time after writing, so that senders die there.
"""

import asyncio
import random
import sys
import time
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from torture.journal import Journal

#: Seconds between having a mail and saying so, at most.
SLOWNESS = 0.05


class Sink:
    """Takes every mail."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail, then answer."""
        content = envelope.original_content or b""
        mail = BytesParser(policy=default).parsebytes(content)
        self.journal.write(
            at=time.time(),
            id=str(mail["Message-ID"]),
            to=envelope.rcpt_tos,
            subject=str(mail["Subject"]),
            raw=content.decode("utf-8", "replace"),
        )
        self.journal.sync()
        await asyncio.sleep(random.uniform(0, SLOWNESS))
        return "250 OK"


async def serve(port: int, journal: Journal) -> None:
    """Take mail until the process ends."""
    sink = Sink(journal)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Journal(Path(sys.argv[2]))))
