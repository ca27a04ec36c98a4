"""What a customer's account came to at the end of a month, written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.ledger import Account
from network.models.constraints import Unique
from network.models.fields import DayField


class ClosedStatement(models.Model):
    """A month of an account of what somebody owes, in cents: before it, and what it moved.

    Below zero is what is owed, as in the ledger. What is written later stands in a later month.
    """

    account = models.ForeignKey(
        Account,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="closed_statements",
    )
    month = DayField(_("first day of the month"))
    before_cents = models.BigIntegerField(_("before (cents)"))
    moved_cents = models.BigIntegerField(_("moved (cents)"))
    closed_at = models.DateTimeField(_("closed on"))

    class Meta:
        verbose_name = _("closed statement")
        verbose_name_plural = _("closed statements")
        constraints = [
            Unique(
                field="month",
                fields=["account", "month"],
                name="statement_closed_once",
                violation_error_message=_("This month is closed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.month:%Y-%m}"
