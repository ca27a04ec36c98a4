"""Who may do what about prices."""

from django.core.exceptions import PermissionDenied

from network.models import User
from sites.models import Site

#: To put a grid in force, and to open a vote on one.
ADOPT = "billing.adopt_tariffgrid"


def refuse_unless_adopter(by: User) -> None:
    """Raise PermissionDenied unless `by` is of those who put grids in force."""
    if not by.has_perm(ADOPT):
        raise PermissionDenied


def refuse_unless_running(by: User, site: Site) -> None:
    """Raise PermissionDenied unless `by` runs the site."""
    if not Site.objects.run_by(by).filter(pk=site.pk).exists():
        raise PermissionDenied
