"""What people change about themselves."""

from datetime import datetime

import structlog
from django.utils.translation import gettext_lazy as _

from network.errors import Refusal
from network.models import ApiToken, Commune, User
from network.models.tokens import PREFIX_LENGTH, token_hash

logger = structlog.get_logger(__name__)


class TokenRefused(Refusal):
    """A token that cannot be made, or is not its caller's to end."""

    code = "token_refused"


def update_profile(*, by: User, name: str, home_commune: Commune | None, language: str) -> User:
    """Save what a person says about themselves and return them."""
    by.name = name
    by.home_commune = home_commune
    by.language = language
    by.save(update_fields=["name", "home_commune", "language"])
    return by


def choose_language(*, by: User, language: str) -> User:
    """Have pages, mail and calendars in `language`, a code of `settings.LANGUAGES`."""
    by.language = language
    by.save(update_fields=["language"])
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

    Raises TokenRefused unless `by` owns it or is of the network team.
    """
    if token.person_id != by.pk and not by.is_staff:
        raise TokenRefused(_("This token belongs to somebody else."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
    logger.info("api token revoked", by=by.pk, token=token.pk)
    return token
