"""Which site a typed name means. Reads only."""

import re
from collections import Counter
from collections.abc import Sequence

from network.rules import search_key
from sites.models import Site

#: Sites of which one is to be chosen, at most.
MOST_NAMED = 5
#: How one of several sites of a name is told: "La Fabrique (Villé)".
IN_COMMUNE = re.compile(r"(?P<name>.+) \((?P<commune>.+)\)")


def sites_meant(name: str) -> list[Site]:
    """Return the sites that a name may mean, one more than are told at most.

    Those that are called so, however it is written; else those that are like it.
    """
    sites = Site.objects.active().select_related("commune").order_by("name", "pk")
    key, told = search_key(name), IN_COMMUNE.fullmatch(name.strip())
    tries = [sites.filter(name__iexact=name), sites.filter(search_key=key), sites.named_like(name)]
    if told:
        key = search_key(told["name"])
        tries.insert(0, sites.filter(search_key=key, commune__name__iexact=told["commune"])[:1])
    return next((found for one in tries if (found := list(one[: MOST_NAMED + 1]))), [])


def names_to_choose(found: Sequence[Site]) -> str:
    """Return how to write each of some sites, five at most, then an ellipsis."""
    alike = Counter(search_key(one.name) for one in found)
    names = [
        f"{one.name} ({one.commune.name})" if alike[search_key(one.name)] > 1 else one.name
        for one in found[:MOST_NAMED]
    ]
    return ", ".join([*names, "…"] if len(found) > MOST_NAMED else names)
