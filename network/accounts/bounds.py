"""How many mails somebody may have sent from the doors of accounts, counted over all of them.

The doors are: a code to come in, a sign-up, a forgotten password, another address. The figures are
`ACCOUNT_RATE_LIMITS` in the settings.
"""

from allauth.core import ratelimit
from django.http import HttpRequest

#: Mails that anybody can have sent to any address, beside codes to come in, by their templates.
ASKED_FOR = frozenset(
    f"account/email/{name}"
    for name in (
        "account_already_exists",
        "email_confirmation",
        "email_confirmation_signup",
        "password_reset_code",
        "unknown_account",
    )
)


def may_caller_ask(request: HttpRequest) -> bool:
    """Count a mail that the caller asks for, to whatever address; tell whether it may be sent."""
    return bool(ratelimit.consume(request, action="mail_asked"))
