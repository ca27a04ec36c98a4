"""What cancelling costs: the network's rule by kind of space, and a site's own within bounds."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import User
from network.models.constraints import Check, Unique
from sites.models import Site, Space


class CancellationPolicy(models.Model):
    """Free until `free_hours` before the start; later, `late_percent` of the price is kept.

    The network's rows have no site and bound those of sites: a site is never stricter than
    `strictest_hours` and `strictest_percent` of the network's row of the kind.
    """

    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="cancellation_policies",
        help_text=_("Empty: the rule of the network."),
    )
    kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind)
    free_hours = models.PositiveSmallIntegerField(_("free until (hours before)"), default=24)
    late_percent = models.PositiveSmallIntegerField(
        _("kept of the price after that (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    strictest_hours = models.PositiveSmallIntegerField(
        _("a site asks at most (hours before)"), default=48
    )
    strictest_percent = models.PositiveSmallIntegerField(
        _("a site keeps at most (%)"), default=100, validators=[MaxValueValidator(100)]
    )
    set_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(_("set on"), null=True, editable=False)

    class Meta:
        verbose_name = _("cancellation policy")
        verbose_name_plural = _("cancellation policies")
        constraints = [
            Unique(
                field="kind",
                fields=["site", "kind"],
                name="cancellation_policy_once_in_a_site",
                violation_error_message=_("There is such a rule already."),
            ),
            Unique(
                field="kind",
                fields=["kind"],
                condition=models.Q(site__isnull=True),
                name="cancellation_policy_once_in_the_network",
                violation_error_message=_("There is such a rule already."),
            ),
            Check(
                field="late_percent",
                condition=models.Q(late_percent__lte=100, strictest_percent__lte=100),
                name="cancellation_keeps_at_most_the_price",
                violation_error_message=_("At most the whole price is kept."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site or ''} {self.get_kind_display()}".strip()
