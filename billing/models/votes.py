"""How the network decides on its next grid: proposed, commented, voted by its places."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models.grids import TariffGrid
from network.models import Organisation, User
from network.models.constraints import Check
from sites.models import Site


class Proposal(models.Model):
    """A draft grid put to the vote of the network's places; the record is public.

    Quorum and majority are those of the settings when the vote was opened; the places that vote
    are those that took bookings then, whatever opens or closes since. Withdrawn before its end,
    it is over at once, and says why: by an operator, or without one by the network team.
    """

    grid = models.OneToOneField(
        TariffGrid, verbose_name=_("grid"), on_delete=models.PROTECT, related_name="proposal"
    )
    reasons = models.TextField(_("reasons"))
    proposed_by = models.ForeignKey(
        User,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )
    opened_at = models.DateTimeField(_("vote opened on"))
    closes_at = models.DateTimeField(_("vote ends on"))
    quorum_percent = models.PositiveSmallIntegerField(_("quorum (% of the places)"))
    majority_percent = models.PositiveSmallIntegerField(_("majority (more than % of the votes)"))
    electorate = models.ManyToManyField(
        Site,
        verbose_name=_("places that vote"),
        through="Elector",
        related_name="votes_to_cast",
        editable=False,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User,
        verbose_name=_("withdrawn by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_for = models.ForeignKey(
        Organisation,
        verbose_name=_("withdrawn in the name of"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the network team."),
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)

    class Meta:
        verbose_name = _("proposed grid")
        verbose_name_plural = _("proposed grids")
        constraints = [
            Check(
                field="closes_at",
                condition=models.Q(closes_at__gt=models.F("opened_at")),
                name="vote_ends_after_it_opens",
                violation_error_message=_("The end must come after the start."),
            ),
            Check(
                field="withdrawal_reason",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawal_reason=""),
                name="vote_withdrawn_for_a_reason",
                violation_error_message=_("Say why the vote is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.grid)

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether the vote was called off before its end."""
        return self.withdrawn_at is not None

    @property
    def last_day(self) -> date:
        """Return the last day on which places vote: one that ends at midnight ends with it."""
        return timezone.localdate((self.withdrawn_at or self.closes_at) - datetime.resolution)

    def is_open(self, now: datetime) -> bool:
        """Tell whether places vote and comment now."""
        return not self.is_withdrawn and now < self.closes_at


class Elector(models.Model):
    """A place that has a vote on a proposed grid; it is not deleted, or the count would change."""

    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposed grid"), on_delete=models.CASCADE, related_name="+"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("place that votes")
        verbose_name_plural = _("places that vote")
        db_table = "billing_proposal_electorate"
        unique_together = (("proposal", "site"),)

    def __str__(self) -> str:
        return f"{self.site}: {self.proposal}"


class Comment(models.Model):
    """What somebody of an operator says of a proposed grid."""

    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposed grid"), on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        User, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("for the place"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(_("written on"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:60]


class Vote(models.Model):
    """The vote of one place, cast by somebody who runs it; it can be changed until the end."""

    class Choice(models.TextChoices):
        YES = "yes", _("For")
        NO = "no", _("Against")
        ABSTAIN = "abstain", _("Abstention")

    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposed grid"), on_delete=models.CASCADE, related_name="votes"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("place"), on_delete=models.PROTECT, related_name="votes"
    )
    choice = models.CharField(_("vote"), max_length=10, choices=Choice)
    cast_by = models.ForeignKey(
        User, verbose_name=_("cast by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cast_at = models.DateTimeField(_("cast on"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "site"], name="one_place_one_vote")
        ]

    def __str__(self) -> str:
        return f"{self.site}: {self.get_choice_display()}"
