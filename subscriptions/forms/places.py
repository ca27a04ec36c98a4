"""Sites and territories by their names, as people type them or choose them while they type."""

from django import forms
from django.utils.translation import gettext

from billing.simulating.meaning import names_to_choose, sites_meant
from network.models import Territory
from network.rules import search_key
from sites.models import Site

#: Names that a field offers while one types; beyond that any name can be typed all the same.
MOST_OFFERED = 1000


def site_name(site: Site) -> str:
    """Return how a site is written so that no other is meant."""
    return f"{site.name} ({site.commune.name})"


def the_site(name: str) -> Site:
    """Return the one site that is called so. Raises ValidationError."""
    found = sites_meant(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(gettext("No site is called so. Check the name."))
    words = gettext("Several sites may be meant: %(names)s. Write one of them.")
    raise forms.ValidationError(words % {"names": names_to_choose(found)})


def the_territory(name: str) -> Territory:
    """Return the one territory that is called so, told by its kind if need be.

    Raises ValidationError.
    """
    found = list(Territory.objects.filter(search_key=search_key(name)).order_by("kind")[:2])
    plain, _space, kind = name.rstrip(")").rpartition(" (")
    if len(found) != 1 and plain:
        told = Territory.objects.filter(search_key=search_key(plain))
        found = [one for one in told if one.get_kind_display() == kind] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(gettext("No territory is called so. Check the name."))
    words = gettext("Several territories are called so. Choose one of those that are offered.")
    raise forms.ValidationError(words)


def offered_sites() -> list[str]:
    """Return the names of sites that a field offers."""
    some = Site.objects.active().select_related("commune").order_by("name")
    return [site_name(one) for one in some[:MOST_OFFERED]]


def offered_territories() -> list[str]:
    """Return the names of territories in which there are sites, with their kinds."""
    some = Territory.objects.filter(communes__sites__is_active=True).distinct()
    return [territory_name(one) for one in some.order_by("name", "kind")[:MOST_OFFERED]]


def territory_name(territory: Territory) -> str:
    """Return how a territory is written so that no other is meant."""
    return f"{territory.name} ({territory.get_kind_display()})"
