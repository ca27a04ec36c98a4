"""The ledger: accounts, and transfers between two of them that nobody changes afterwards."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, User
from network.models.constraints import Check


class Account(models.Model):
    """What transfers of one unit go from and to. Its balance is what came in less what went out.

    `code` says what it is, and is there once: `owed:person:12`. A floor is the least balance that
    it may have, None that it may have any. The row is what is locked to keep a floor.
    """

    class Kind(models.TextChoices):
        OWED = "owed", _("What a customer owes")
        EARNED = "earned", _("What an operator earned")
        PASS = "pass", _("What a pass holds")
        SOLD = "sold", _("Half-days sold")
        USED = "used", _("Half-days used")
        EXPIRED = "expired", _("Half-days expired")

    class Unit(models.TextChoices):
        CENT = "cent", _("Cents (euro)")
        HALF_DAY = "half_day", _("Half-days")

    code = models.CharField(_("code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="accounts",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.PROTECT,
        related_name="accounts",
    )
    floor = models.BigIntegerField(_("least balance"), null=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.code


class TransferQuerySet(models.QuerySet["Transfer"]):
    def moving(self) -> Self:
        """Keep transfers that move something: reserved or voided ones do not."""
        return self.filter(state=Transfer.State.POSTED)

    def of_subject(self, subject: str) -> Self:
        """Keep the transfers of one booking, or of what else is named so."""
        return self.filter(subject=subject)

    def reserving(self, now: datetime) -> Self:
        """Keep what is reserved at `now`: neither settled nor at its end."""
        return self.filter(
            state=Transfer.State.PENDING, settled_by__isnull=True, expires_at__gt=now
        )


class Transfer(models.Model):
    """So much from one account to another, written once (the database refuses changes).

    A reservation is `pending` until a row that `settles` it posts it, in whole or in part, or voids
    it, or until `expires_at`: from then on it counts for nothing, with no job run. `key` is the
    idempotency key: who writes it again gets the row that is there.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Granted")
        RESERVE = "reserve", _("Reserved")
        CONSUME = "consume", _("Used")
        RELEASE = "release", _("Released")
        EXPIRE = "expire", _("Expired")
        REFUND = "refund", _("Given back")
        ADJUST = "adjust", _("Adjusted")
        CHARGE = "charge", _("Charged")

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        POSTED = "posted", _("Posted")
        VOIDED = "voided", _("Voided")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State)
    source = models.ForeignKey(
        Account,
        verbose_name=_("source account"),
        on_delete=models.PROTECT,
        related_name="transfers_out",
        db_index=False,
    )
    target = models.ForeignKey(
        Account,
        verbose_name=_("target account"),
        on_delete=models.PROTECT,
        related_name="transfers_in",
        db_index=False,
    )
    amount = models.PositiveBigIntegerField(_("amount"))
    settles = models.OneToOneField(
        "self",
        verbose_name=_("settles"),
        null=True,
        on_delete=models.PROTECT,
        related_name="settled_by",
    )
    expires_at = models.DateTimeField(_("reserved until"), null=True)
    #: What it is for, as whoever asked names it: the reference of a booking.
    subject = models.CharField(_("what for"), max_length=40, blank=True)
    words = models.CharField(_("description"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made on"))

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        indexes = [
            models.Index(fields=["source", "id"], name="transfer_out_of_account"),
            models.Index(fields=["target", "id"], name="transfer_into_account"),
            models.Index(
                fields=["source"],
                condition=models.Q(state="pending"),
                name="transfer_pending_of_account",
            ),
            models.Index(
                fields=["subject"], condition=~models.Q(subject=""), name="transfer_of_a_subject"
            ),
        ]
        constraints = [
            Check(
                field="amount",
                condition=models.Q(amount__gt=0),
                name="transfer_of_something",
                violation_error_message=_("A transfer is of something."),
            ),
            Check(
                field="target",
                condition=~models.Q(source=models.F("target")),
                name="transfer_between_two_accounts",
                violation_error_message=_("A transfer is between two accounts."),
            ),
            Check(
                field="expires_at",
                condition=models.Q(state="pending", expires_at__isnull=False, settles__isnull=True)
                | (~models.Q(state="pending") & models.Q(expires_at__isnull=True)),
                name="transfer_pending_until_an_end",
                violation_error_message=_("What is reserved, and only that, has an end."),
            ),
            Check(
                field="settles",
                condition=~models.Q(state="voided") | models.Q(settles__isnull=False),
                name="transfer_voids_another",
                violation_error_message=_("What is voided was reserved before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Checkpoint(models.Model):
    """The balance of an account after its transfer `upto`: nothing older need be added again."""

    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="checkpoints"
    )
    upto = models.BigIntegerField(_("after transfer"))
    balance = models.BigIntegerField(_("balance"))
    made_at = models.DateTimeField(_("made on"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [
            models.UniqueConstraint(fields=["account", "upto"], name="checkpoint_once_a_transfer")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.upto}: {self.balance}"
