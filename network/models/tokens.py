"""Tokens with which a person's programs use the API."""

import hashlib
import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.people import User
from network.sql import Given, Instant, kept

PREFIX_LENGTH = 8


def token_hash(token: str) -> str:
    """Return what is kept of a token: SHA-256 suffices, for a token is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable_at(self, now: Instant) -> Self:
        """Keep tokens of active people that have neither expired nor been revoked."""
        return self.filter(person__is_active=True, revoked_at=None).filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        )


@kept
def usable_tokens() -> models.QuerySet["ApiToken"]:
    """Return the usable token of one hash, with its person."""
    usable = ApiToken.objects.usable_at(Given("now", models.DateTimeField()))
    return usable.filter(hash=Given("hash", models.CharField())).select_related("person")


class ApiToken(models.Model):
    """A bearer token; only its hash is kept, its prefix tells its owner which one it is."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        BOOK = "book", _("Book")
        BILLING = "billing", _("Accounts")

    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("prefix"), max_length=PREFIX_LENGTH, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created on"), editable=False)
    expires_at = models.DateTimeField(_("expires on"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used on"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        permissions = [("revoke_any_token", _("Can end anybody's API token"))]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"

    @classmethod
    def usable(cls, secret: str, now: datetime) -> "ApiToken | None":
        """Return the token that reads `secret`, with its person, if it can be used: one query."""
        return next(iter(usable_tokens().read(hash=token_hash(secret), now=now)), None)

    @staticmethod
    def new_secret() -> str:
        """Return a token nobody can guess (256 bits)."""
        return secrets.token_urlsafe(32)
