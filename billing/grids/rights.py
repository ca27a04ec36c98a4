"""Who may do what about prices."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from billing.models import TariffGrid
from network.models import Organisation, User
from sites.models import Site

#: To put a grid in force, and to write the drafts of the network team.
ADOPT = "billing.adopt_tariffgrid"
#: Who writes something down: an operator, or None, the network team.
Body = Organisation | None


def operators_of(by: User) -> QuerySet[Organisation]:
    """Return the operators whose sites somebody runs."""
    return Organisation.objects.filter(pk__in=Site.objects.run_by(by).values("operator"))


def bodies_of(by: User, power: str) -> list[Body]:
    """Return for whom somebody may speak: the network team, by a permission, and operators."""
    operators: list[Body] = list(operators_of(by).order_by("name", "pk"))
    return [None, *operators] if by.has_perm(power) else operators


def speaks_for(by: User, body: Body, power: str) -> bool:
    """Tell whether somebody may speak for an operator, or by a permission for the team."""
    if body is None:
        return by.has_perm(power)
    return operators_of(by).filter(pk=body.pk).exists()


def refuse_unless_adopter(by: User) -> None:
    """Raise PermissionDenied unless `by` is of those who put grids in force."""
    if not by.has_perm(ADOPT):
        raise PermissionDenied


def refuse_unless_speaking_for(by: User, body: Body) -> None:
    """Raise PermissionDenied unless `by` runs sites of an operator, or puts grids in force."""
    if not speaks_for(by, body, ADOPT):
        raise PermissionDenied


def refuse_unless_running(by: User, site: Site) -> None:
    """Raise PermissionDenied unless `by` runs the site."""
    if not Site.objects.run_by(by).filter(pk=site.pk).exists():
        raise PermissionDenied


def grids_written_by(by: User) -> QuerySet[TariffGrid]:
    """Return the drafts that somebody may write: their operators', or the network team's."""
    drafts = TariffGrid.objects.drafts()
    own = drafts.filter(operator__in=operators_of(by))
    return own | drafts.filter(operator__isnull=True) if by.has_perm(ADOPT) else own


def grids_visible_to(by: User | None) -> QuerySet[TariffGrid]:
    """Return what is public, put in force or to the vote, and the drafts of one's operators.

    The network team sees every draft; a visitor, `None`, what is public alone.
    """
    public = Q(adopted_at__isnull=False) | Q(proposal__isnull=False)
    if by is None:
        return TariffGrid.objects.filter(public)
    if by.has_perm(ADOPT):
        return TariffGrid.objects.all()
    return TariffGrid.objects.filter(public | Q(operator__in=operators_of(by)))
