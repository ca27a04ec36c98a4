"""What was booked on an employer's account: for which team and cost centre, as it was then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, User
from subscriptions.models.employers import CostCentre, Team


class OnAccount(models.Model):
    """A booking on an employer's account, by its reference: whose, of which team, on which day.

    Team and cost centre are those of the person when it was made: who changes team later takes
    nothing along. A person of a closed account is forgotten, what was used stays counted.
    """

    subject = models.CharField(_("booking"), max_length=40, unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cost_centre = models.ForeignKey(
        CostCentre,
        verbose_name=_("cost centre"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("booked on"))

    class Meta:
        verbose_name = _("booking on account")
        verbose_name_plural = _("bookings on account")
        indexes = [models.Index(fields=["organisation", "person"], name="on_account_of_person")]

    def __str__(self) -> str:
        return self.subject
