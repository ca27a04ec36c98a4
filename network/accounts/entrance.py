"""Come in by a code that is sent by e-mail: one way for who has an account and who has none yet.

Page, mail and work are the same for every address: whether an account exists is looked up only
once the right code has shown that the address is the visitor's.

Guessing: a session is given a code (`codes.py` tells which) for five tries, so all who try for one
account have 100 chances in a million a day. One internet address is answered 50 wrong tries an
hour, beside the first two of each code.
"""

from math import ceil
from typing import Any, NoReturn, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.accounts.bounds import may_caller_ask, may_mail
from network.accounts.codes import LIFE_S, LONG, YOUNG_S, code_for, use_up
from network.accounts.proving import account_of

SESSION_KEY = "entrance"
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

        Raises CodeRefused when the caller asked for too many. A code that was sent a moment ago
        stays; `is_mailed` tells whether an e-mail is on its way.
        """
        entrance = cls.of(request)
        is_kept = bool(entrance and entrance.email == email and entrance.is_worth_sending)
        if entrance is None or entrance.email != email:
            entrance = cls(request, cls.initial_state(None, email))
        if not entrance.is_worth_sending:
            refuse_too_many(request)
            entrance.take(may_mail=may_mail(request, email))
        entrance.state |= {"following": following, "is_kept": is_kept, "refused": ""}
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
    def is_kept(self) -> bool:
        """Tell whether it was asked for again while its code was young: no other mail went."""
        return bool(self.state.get("is_kept"))

    @property
    def refused(self) -> str:
        """Return why what was typed last is not the code, if the next page is still to say it."""
        return str(self.state.get("refused", ""))

    @property
    def typed(self) -> dict[str, str]:
        """Return what was typed then."""
        return dict(self.state.get("typed", {}))

    @property
    def age_s(self) -> float:
        """Return the seconds since the code was made."""
        return float(self.initial_state(None)["at"] - self.state["at"])

    @property
    def minutes_left(self) -> int:
        """Return for how many minutes the code works, begun ones too; 0 once it has ended."""
        return max(0, ceil((LIFE_S - self.age_s) / 60)) if self.code else 0

    @property
    def is_worth_sending(self) -> bool:
        """Tell whether the code works for long enough to wait for its mail."""
        return bool(self.code) and self.age_s <= YOUNG_S

    @property
    def is_mailed(self) -> bool:
        """Tell whether a mail was sent when the visitor last asked; else an earlier one serves."""
        return bool(self.state.get("is_mailed", True))

    @property
    def is_long(self) -> bool:
        """Tell whether the code has more than six digits."""
        return len(self.code) == LONG

    def take(self, *, may_mail: bool) -> None:
        """Give the session a code with tries of its own, and mail it unless none may be sent."""
        worn = self.state.get("name", "")
        mailed, is_to_mail = code_for(self.request, self.email, may_mail=may_mail, worn=worn)
        self.state |= self.initial_state(None, self.email)
        self.state |= {"code": mailed["code"], "name": mailed["name"], "is_mailed": is_to_mail}
        self.state["number"] = get_random_string(22)
        if is_to_mail:
            self.send()

    def resend(self) -> None:
        """Send the code once more, or another one if it has ended. Raises CodeRefused.

        Without a further mail it becomes the last one that was sent.
        """
        refuse_too_many(self.request)
        is_free = may_mail(self.request, self.email)
        if is_free and self.is_worth_sending:
            self.state["is_mailed"] = True
            self.send()
        else:
            self.take(may_mail=is_free)
        self.state |= {"is_kept": False, "refused": ""}
        self.persist()

    def keep_refusal(self, words: str, typed: dict[str, str]) -> None:
        """Have the next page say why what was typed is not the code."""
        self.state |= {"refused": words, "typed": typed}
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
        if not self.use_up():
            self.abort()
            raise CodeRefused(_("This code no longer works. Ask for another one."), code="ended")

    @property
    def wrong_words(self) -> str:
        """Return what is said of a wrong code, with the tries that are left."""
        left = MOST_TRIES - self.state["failed_attempts"]
        words = ngettext(
            "This is not the code. Look at the e-mail again: you have %(left)d more try.",
            "This is not the code. Look at the e-mail again: you have %(left)d more tries.",
            left,
        )
        return words % {"left": left}

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

    def use_up(self) -> bool:
        """Tell whether the right code is this session's: another one may have used it."""
        session = self.state["number"]
        name = self.state.get("name", session)
        return use_up(self.email, code=self.code, name=name, session=session)

    def refuse_wrong(self) -> NoReturn:
        """Count a wrong code for session and caller. Raises CodeRefused."""
        ratelimit.consume(self.request, action="code_failed")
        if self.record_invalid_attempt():
            raise CodeRefused(self.wrong_words, code="code")
        words = _("This was the fifth wrong code: it no longer works. Ask for another one.")
        raise CodeRefused(words, code="ended")

    def end(self) -> None:
        """Ask for nothing any more: the right code was typed."""
        self.request.session.pop(SESSION_KEY, None)

    def finish(self) -> HttpResponse:
        """Sign in who typed the right code; a second factor is still asked of who has one."""
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
        return answer


def refuse_too_many(request: HttpRequest) -> None:
    """Raise CodeRefused when the caller has asked for too many codes, to whatever addresses."""
    if may_caller_ask(request):
        return
    raise CodeRefused(
        _(
            "Too many codes were asked for from here. Wait a while, or come in with a passkey or a"
            " password."
        ),
        code="too_many",
    )
