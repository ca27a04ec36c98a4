"""Sizes that are unusual are pointed out where they are saved, and saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sites.models import Site, Space
from sites.sizes import unusual_seats, unusual_surface


def warn_of_surface(request: HttpRequest, site: Site) -> None:
    """Point out a surface that is unusual for the site's category."""
    if usual := unusual_surface(site):
        least, most = usual
        words = _("The surface is unusual: sites of this category have %(least)d to %(most)d m².")
        messages.warning(request, words % {"least": least, "most": most})


def warn_of_seats(request: HttpRequest, space: Space) -> None:
    """Point out a number of seats that is unusual for the space's kind."""
    if usual := unusual_seats(space):
        least, most = usual
        words = _("%(space)s is unusual: spaces of this kind seat %(least)d to %(most)d people.")
        messages.warning(request, words % {"space": space, "least": least, "most": most})
