"""What people change about themselves, and what the network team mends for them."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

import structlog
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from network.addresses import canonical
from network.errors import Refusal
from network.jobs.tasks import send_email
from network.mails.letters import address_corrected, address_taken_away
from network.models import ApiToken, Commune, User
from network.models.tokens import PREFIX_LENGTH, token_hash
from network.rights import REVOKE_ANY_TOKEN, is_stronger
from network.signals import account_closed, addresses_withdrawn

logger = structlog.get_logger(__name__)


class TokenRefused(Refusal):
    """A token that cannot be made, or is not its caller's to end."""

    code = "token_refused"


class AccountRefused(Refusal):
    """An account that is not its caller's to mend, or not in this way."""

    code = "account_refused"


@dataclass(frozen=True)
class Withdrawal:
    """Which of the ways into an account are closed, and the one session that stays."""

    sessions: bool = True
    tokens: bool = True
    calendar: bool = True
    kept_session: str | None = None


def update_profile(
    *, by: User, name: str, home_commune: Commune | None, language: str, status: str
) -> User:
    """Save what a person says about themselves and return them; a `status` of "" says nothing."""
    by.name = name
    by.home_commune = home_commune
    by.language = language
    by.status = status
    by.save(update_fields=["name", "home_commune", "language", "status"])
    return by


def choose_language(*, by: User, language: str) -> User:
    """Have pages, mail and calendars in `language`, a code of `settings.LANGUAGES`."""
    by.language = language
    by.save(update_fields=["language"])
    return by


def choose_reminders(*, by: User, wanted: bool) -> User:
    """Remind the person of their bookings the day before, or no more; asked again, it stays so."""
    by.wants_reminders = wanted
    by.save(update_fields=["wants_reminders"])
    return by


def create_token(
    *, person: User, name: str, scopes: list[str], expires_at: datetime | None, now: datetime
) -> tuple[ApiToken, str]:
    """Make an API token; return its row and the token itself, which is kept nowhere.

    Raises TokenRefused for no scope, an unknown one, or an expiry that is past.
    """
    if not scopes or not set(scopes) <= set(ApiToken.Scope.values):
        raise TokenRefused(_("Choose at least one of the permissions that exist."))
    if expires_at is not None and expires_at <= now:
        raise TokenRefused(_("The expiry must be in the future."))
    secret = ApiToken.new_secret()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        hash=token_hash(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    logger.info("api token created", person=person.pk, token=token.pk, scopes=token.scopes)
    return token, secret


def revoke_token(*, token: ApiToken, by: User, now: datetime) -> ApiToken:
    """End `token` at once; ending it again changes nothing.

    Raises TokenRefused unless `by` owns it or may end anybody's.
    """
    if token.person_id != by.pk and not by.has_perm(REVOKE_ANY_TOKEN):
        raise TokenRefused(_("This token belongs to somebody else."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
    logger.info("api token revoked", by=by.pk, token=token.pk)
    return token


@transaction.atomic
def withdraw_access(*, person: User, what: Withdrawal, now: datetime) -> None:
    """End at once what opens the account of `person`: sessions, API tokens, calendar address."""
    if what.sessions:
        sessions = UserSession.objects.filter(user=person)
        for session in sessions.exclude(session_key=what.kept_session):
            session.end()
    if what.tokens:
        person.api_tokens.filter(revoked_at=None).update(revoked_at=now)
    if what.calendar:
        addresses_withdrawn.send(sender=User, person=person)
    logger.info("access withdrawn", person=person.pk, sessions=what.sessions, tokens=what.tokens)


def carry_sessions(*, person: User) -> None:
    """Keep the sessions of `person` through a new password, which would end them."""
    store_of = import_module(settings.SESSION_ENGINE).SessionStore
    for key in UserSession.objects.filter(user=person).values_list("session_key", flat=True):
        store = store_of(key)
        if HASH_SESSION_KEY in store:
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.save()


@transaction.atomic
def correct_address(*, person: User, address: str, by: User, now: datetime) -> User:
    """Give an account another address, which its owner has yet to confirm; end its sessions.

    Raises AddressRefused for what is no address, AccountRefused for one that is taken or when
    `by` may not do it.
    """
    check_may_mend(person=person, by=by)
    form, former = canonical(address), person.email
    if form == former:
        raise AccountRefused(_("The account has this address already."))
    move_account(person=person, address=form)
    only_sessions = Withdrawal(tokens=False, calendar=False)
    withdraw_access(person=person, what=only_sessions, now=now)
    send_email.enqueue(address_corrected(person.email, person.language))
    if not former.endswith(".invalid"):
        send_email.enqueue(address_taken_away(former, person.language))
    logger.info("address corrected", by=by.pk, person=person.pk)
    return person


def move_account(*, person: User, address: str) -> None:
    """Write the address where allauth and we keep it. Raises AccountRefused when it is taken."""
    former, person.email = person.email, address
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=address, primary=True)
    except IntegrityError as taken:
        person.email = former
        raise AccountRefused(_("Another account has this address.")) from taken


@transaction.atomic
def close_account(*, person: User, by: User, now: datetime) -> User:
    """Let nobody sign in to an account any more; its tokens and its calendar stop for good.

    Its bookings stay. Raises AccountRefused when `by` may not do it.
    """
    check_may_mend(person=person, by=by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    withdraw_access(person=person, what=Withdrawal(), now=now)
    account_closed.send(sender=User, person=person, by=by, now=now)
    logger.info("account closed", by=by.pk, person=person.pk)
    return person


def reopen_account(*, person: User, by: User) -> User:
    """Let the owner of a closed account sign in again. Raises AccountRefused."""
    check_may_mend(person=person, by=by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    logger.info("account reopened", by=by.pk, person=person.pk)
    return person


def check_may_mend(*, person: User, by: User) -> None:
    """Refuse unless `by` may change accounts, and this one is neither stronger nor their own."""
    if not by.has_perm("network.change_user"):
        raise AccountRefused(_("Only the network team mends accounts."))
    if person.pk == by.pk:
        raise AccountRefused(_("This is your own account: change it on its page."))
    if is_stronger(person, by):
        raise AccountRefused(_("This person may do more than you: ask somebody who may as much."))
