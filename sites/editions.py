"""The edition of what is told of a site: another one as soon as anything told is another."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db.models import Model

from sites.models import Site, Stop


def edition_of(site: Site, stop: Stop | None, facts: Iterable[object], *besides: object) -> str:
    """Return a word for what is known of a site, which parts of pages can be kept by.

    Its own row and those of its commune, its operator and where it stops, the rows of its facts in
    any order, and what is told `besides` (in its `repr`).
    """
    there = (stop, stop.commune) if stop else ()
    rows = [values_of(one) for one in (site, site.commune, site.operator, *there)]
    told = repr((rows, sorted(map(repr, facts)), besides))
    return blake2b(told.encode(), digest_size=16).hexdigest()


def values_of(row: Model) -> list[Any]:
    """Return the values of all columns of a row."""
    known = row.__dict__
    return [known[field.attname] for field in row._meta.concrete_fields]
