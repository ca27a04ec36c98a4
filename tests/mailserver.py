"""A real mail server on this machine, for tests; it can be told to refuse or to hang."""

import asyncio
import threading
from collections import deque
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps what it accepts in `mails`; gives each of `answers` once before it accepts.

    An answer of "hang" keeps the sender waiting until `release`, or until the test is over; one of
    "keep and hang" does so with a mail that is already kept: its sender cannot know.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: deque[str] = deque()
        self.asked = threading.Event()
        self._hanging: asyncio.Future[str]
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer == "keep and hang":
            self.keep(envelope)
        if answer.endswith("hang"):
            self._hanging = server.loop.create_future()
            self.asked.set()
            answer = await self._hanging
        if answer.startswith("250"):
            self.keep(envelope)
        return answer

    def keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        self.mails.append(BytesParser(EmailMessage, policy=default).parsebytes(content))

    def release(self) -> None:
        self._loop.call_soon_threadsafe(self._hanging.set_result, "250 OK")

    def start(self) -> None:
        listening = self._loop.create_server(lambda: SMTP(self, loop=self._loop), "127.0.0.1", 0)
        self._server = self._loop.run_until_complete(listening)
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        self._loop.run_until_complete(give_up_hanging())
        self._loop.close()


async def give_up_hanging() -> None:
    hanging = asyncio.all_tasks() - {asyncio.current_task()}
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
