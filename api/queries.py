"""What the API's lists read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from api.cursors import opened, sealed
from api.schemas.bookings import BookingsIn
from api.schemas.sites import SitesIn
from bookings.models import Allocation, Booking, BookingQuerySet
from network.models import User
from sites.geo import Point, bounding_box, distance_km
from sites.models import Site, Space, Unit

Row = TypeVar("Row")


def page_of(
    rows: Sequence[Row], limit: int, listing: str, key: Callable[[Row], list[Any]]
) -> tuple[Sequence[Row], str | None]:
    """Return the first `limit` rows and, when there are more, the cursor after the last of them."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], sealed(listing, key(rows[limit - 1]))


def matching_sites(query: SitesIn) -> QuerySet[Site]:
    """Return the active sites that meet every filter but the distance, which is only boxed."""
    sites = Site.objects.active().select_related("commune")
    if query.category:
        sites = sites.filter(category=query.category)
    if query.space_kind:
        kind = Space.objects.filter(site=OuterRef("pk"), is_active=True, kind=query.space_kind)
        sites = sites.filter(Exists(kind))
    if query.specialisation:
        sites = sites.filter(specialisations__code=query.specialisation)
    if query.q.strip():
        sites = sites.named_like(query.q)
    if query.near:
        sites = sites.maybe_in(bounding_box(query.near, query.radius_km))
    return sites


def sites_page(query: SitesIn) -> tuple[list[tuple[Site, float | None]], str | None]:
    """Return a page of sites with their distances: nearest first, or by slug; and a cursor."""
    if query.near:
        return nearest_sites(query, query.near)
    sites = matching_sites(query).order_by("slug")
    if query.cursor:
        (slug,) = opened("sites", query.cursor)
        sites = sites.filter(slug__gt=slug)
    rows, following = page_of(
        list(sites[: query.limit + 1]), query.limit, "sites", lambda site: [site.slug]
    )
    return [(site, None) for site in rows], following


def nearest_sites(
    query: SitesIn, near: Point
) -> tuple[list[tuple[Site, float | None]], str | None]:
    """Return a page of the sites within the circle, nearest first, and the cursor."""
    after = tuple(opened("sites.near", query.cursor)) if query.cursor else (-1.0, "")
    found = sorted(
        (
            (distance, site.slug, site)
            for site in matching_sites(query)
            if (distance := distance_km(near, site.point)) <= query.radius_km
            and (distance, site.slug) > after
        ),
        key=lambda row: row[:2],
    )
    rows, following = page_of(found, query.limit, "sites.near", lambda row: [row[0], row[1]])
    return [(site, distance) for distance, _slug, site in rows], following


def detailed_site(slug: str) -> Site:
    """Return an active site with its hours. Raises Site.DoesNotExist."""
    return (
        Site.objects.active()
        .select_related("commune", "operator")
        .prefetch_related("opening_hours")
        .get(slug=slug)
    )


def bookable_spaces(site: Site) -> QuerySet[Space]:
    """Return the active spaces of `site`, with their active units."""
    active_units = Prefetch("units", queryset=Unit.objects.active())
    spaces = site.spaces.filter(is_active=True).prefetch_related(active_units)
    return spaces.order_by("position", "pk")


def with_places(bookings: BookingQuerySet) -> BookingQuerySet:
    """Return `bookings` with all that an answer tells of them."""
    kept = Allocation.objects.kept().order_by("starts_at", "pk")
    allocations = Prefetch("allocations", queryset=kept)
    return bookings.select_related("site", "space", "person").prefetch_related(allocations)


def bookings_page(
    person: User, query: BookingsIn, now: datetime
) -> tuple[Sequence[Booking], str | None]:
    """Return a page of the person's own bookings, latest first, and the cursor."""
    bookings = with_places(Booking.objects.of(person)).order_by("-starts_at", "-pk")
    if query.status:
        bookings = bookings.filter(status=query.status)
    if query.when:
        bookings = bookings.upcoming(now) if query.when == "upcoming" else bookings.past(now)
    if query.cursor:
        text, pk = opened("bookings", query.cursor)
        starts_at = datetime.fromisoformat(text)
        earlier = Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=pk)
        bookings = bookings.filter(earlier)
    rows = list(bookings[: query.limit + 1])
    return page_of(rows, query.limit, "bookings", lambda one: [one.starts_at.isoformat(), one.pk])
