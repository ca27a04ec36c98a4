"""Come in by a code that is sent by e-mail: one way for who has an account and who has none yet.

Page, mail and work are the same for every address: whether an account exists is looked up only
once the right code has shown that the address is the visitor's.

Guessing: a code has six digits and ends with the fifth wrong try, 20 codes a day go to one
address (`ACCOUNT_RATE_LIMITS`), so all who try for one account have 100 chances in a million a
day. One internet address is answered 50 wrong tries an hour, beside the first two of each code.
"""

from typing import Any, NoReturn, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from network.accounts.bounds import may_caller_ask
from network.accounts.proving import account_of

SESSION_KEY = "entrance"
#: Seconds that a code works, and that it must still work to be sent once more.
LIFE_S, WORTH_SENDING_S = 15 * 60, 5 * 60
MOST_TRIES = 5
#: Tries of each code that are answered however many wrong ones its caller has sent.
FREE_TRIES = 2


class CodeRefused(ValidationError):
    """No code is sent, or the one that was typed is not right: the sentence says what to do."""


class Entrance(AbstractCodeVerificationProcess):  # type: ignore[misc]  # allauth is untyped
    """The code that a visitor is asked for; their session holds it."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        super().__init__(max_attempts=MOST_TRIES, timeout=LIFE_S, state=state)
        self.request = request

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """Return what the visitor has asked for, though its code may have ended; else None."""
        state = request.session.get(SESSION_KEY)
        return cls(request, state) if state else None

    @classmethod
    def begin(cls, request: HttpRequest, *, email: str, following: str) -> Self:
        """Send a code to a canonical address; `following` is the path to go on to, or nothing.

        Raises CodeRefused when too many were asked for. A code that was sent a moment ago stays.
        """
        entrance = cls.of(request)
        if entrance is None or entrance.email != email or not entrance.is_worth_sending:
            entrance = cls(request, cls.initial_state(None, email))
            entrance.send_new()
        entrance.state["following"] = following
        entrance.persist()
        return entrance

    @property
    def email(self) -> str:
        """Return the address that the code was sent to."""
        return str(self.state["email"])

    @property
    def is_open(self) -> bool:
        """Tell whether the code can still be typed."""
        return bool(self.code) and self.is_valid()

    @property
    def is_worth_sending(self) -> bool:
        """Tell whether the code works for long enough to wait for its mail."""
        started = self.initial_state(None)["at"] - self.state["at"]
        return bool(self.code) and started <= LIFE_S - WORTH_SENDING_S

    def send_new(self) -> None:
        """Make a code and send it. Raises CodeRefused."""
        refuse_too_many(self.request, self.email)
        self.state |= self.initial_state(None, self.email)
        self.state["code"] = get_adapter().generate_login_code()
        self.state["number"] = get_random_string(22)
        self.send()

    def resend(self) -> None:
        """Send the code once more, or another one if it has ended. Raises CodeRefused."""
        if self.is_worth_sending:
            refuse_too_many(self.request, self.email)
            self.send()
        else:
            self.send_new()
        self.persist()

    def send(self) -> None:
        """Write the mail, the same whoever reads it."""
        get_adapter().send_mail("account/email/login_code", self.email, {"code": self.code})

    def persist(self) -> None:
        """Keep the state in the visitor's session."""
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        """End the code and keep the address, to which another one can be sent."""
        self.state["code"] = ""
        self.persist()

    def check(self, typed: str) -> None:
        """Raise CodeRefused unless `typed` is the code; whoever has to wait keeps it."""
        if not self.is_open:
            raise CodeRefused(_("This code no longer works. Ask for another one."), code="ended")
        if not self.may_caller_try():
            words = _("Too many wrong codes came from here. Wait a minute, then try again.")
            raise CodeRefused(words, code="wait")
        if not self.count_try():
            self.abort()
            raise CodeRefused(_("This code no longer works. Ask for another one."), code="ended")
        if not compare_user_code(actual=typed, expected=self.code):
            self.refuse_wrong()

    def may_caller_try(self) -> bool:
        """Tell whether the caller may try now: neighbours' wrong codes do not use up a first try.

        A whole office may be one caller, with somebody in it who guesses.
        """
        is_own_first = self.state["failed_attempts"] < FREE_TRIES
        return is_own_first or bool(
            ratelimit.consume(self.request, action="code_failed", dry_run=True)
        )

    def count_try(self) -> bool:
        """Count a try; tell whether it is among those that this code has in this session.

        The cache counts too: of many sent at once, each would read the same session.
        """
        return bool(ratelimit.consume(self.request, action="code_tried", key=self.state["number"]))

    def refuse_wrong(self) -> NoReturn:
        """Count a wrong code for session and caller. Raises CodeRefused."""
        ratelimit.consume(self.request, action="code_failed")
        if self.record_invalid_attempt():
            raise CodeRefused(_("This is not the code. Look at the e-mail again."), code="code")
        words = _("This was the fifth wrong code: it no longer works. Ask for another one.")
        raise CodeRefused(words, code="ended")

    def end(self) -> None:
        """Ask for nothing any more: the right code was typed."""
        self.request.session.pop(SESSION_KEY, None)

    def finish(self, *, is_to_stay: bool) -> HttpResponse:
        """Sign in who typed the right code; a second factor is still asked of who has one.

        They stay so for SESSION_COOKIE_AGE, or until the browser is closed.
        """
        self.end()
        person, has_lost_password = account_of(email=self.email)
        if has_lost_password:
            words = _(
                "A password was chosen before this address was confirmed: it no longer works."
            )
            messages.info(self.request, words)
        record_authentication(self.request, person, method="code", email=self.email)
        following = self.state["following"] or None
        login = Login(user=person, email=self.email, redirect_url=following)
        answer: HttpResponse = perform_login(self.request, login)
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_to_stay else 0)
        return answer


def refuse_too_many(request: HttpRequest, email: str) -> None:
    """Raise CodeRefused when too many codes were asked for, by this caller or for this address."""
    if may_caller_ask(request) and ratelimit.consume(request, action="code_sent", key=email):
        return
    raise CodeRefused(
        _(
            "Too many codes were asked for. Use the last one, wait ten minutes, or come in with"
            " a passkey or a password."
        ),
        code="too_many",
    )
