"""How the network decides on its next grid: proposed, commented, voted by its places."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.grids import TariffGrid
from network.models import User
from network.models.constraints import Check
from sites.models import Site


class Proposal(models.Model):
    """A draft grid put to the vote of the network's places; the record is public.

    Quorum and majority are those of the settings when the vote was opened.
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

    class Meta:
        verbose_name = _("proposed grid")
        verbose_name_plural = _("proposed grids")
        constraints = [
            Check(
                field="closes_at",
                condition=models.Q(closes_at__gt=models.F("opened_at")),
                name="vote_ends_after_it_opens",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        return str(self.grid)


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
        on_delete=models.SET_NULL,
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
