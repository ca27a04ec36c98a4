"""Which labels a site cannot hold at one time: the rule, and the check of what is to be written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sites.models import Label, LabelVersion, Site, SiteLabel


@dataclass(frozen=True)
class Held:
    """A label held from one day to another, both included; without an end, for good."""

    label_id: int
    starts_on: date
    ends_on: date | None

    def meets(self, other: "Held") -> bool:
        """Tell whether there is a day on which both are held."""
        last, others_last = self.ends_on or date.max, other.ends_on or date.max
        return self.starts_on <= others_last and other.starts_on <= last


def first_clash(
    held: Iterable[Held], exclusions: Collection[frozenset[int]]
) -> tuple[Held, Held] | None:
    """Return the first two that no site may hold at one time: one label twice, or a pair excluded.

    `exclusions` are pairs of ids of labels.
    """
    for one, other in combinations(held, 2):
        ids = frozenset((one.label_id, other.label_id))
        if one.meets(other) and (len(ids) == 1 or ids in exclusions):
            return one, other
    return None


def refuse_clash(site: Site, rows: Collection[SiteLabel], forgotten: Collection[int] = ()) -> None:
    """Raise ValidationError if `site` would hold what excludes itself once `rows` are written.

    `forgotten` are keys of rows to be deleted. A saved site is locked: of two people who give it a
    label at once, the second is told of the first. Call it in the transaction that writes.
    """
    Site.objects.select_for_update(no_key=True).filter(pk=site.pk).first()
    rewritten = {row.pk for row in rows if row.pk} | set(forgotten)
    kept = SiteLabel.objects.filter(site_id=site.pk).exclude(pk__in=rewritten)
    held = held_by([*rows, *kept])
    clash = first_clash(held, exclusions_among(one.label_id for one in held))
    if clash:
        names = Label.objects.in_bulk([one.label_id for one in clash])
        one, other = (names[held.label_id] for held in clash)
        raise ValidationError(
            _("%(one)s and %(other)s are not held at one time. Give one of them an end."),
            code="labels_exclude",
            params={"one": one, "other": other},
        )


def holders_of_both(label: Label, others: Iterable[Label]) -> list[Site]:
    """Return the sites that hold `label` and one of `others` at one time, by name."""
    other_ids = {other.pk for other in others} - {label.pk}
    exclusions = {frozenset((label.pk, other_id)) for other_id in other_ids}
    own = held_at(SiteLabel.objects.filter(version__label=label.pk))
    theirs = held_at(SiteLabel.objects.filter(version__label__in=other_ids))
    both = [
        site_id
        for site_id, held in own.items()
        if any(first_clash(pair, exclusions) for pair in product(held, theirs.get(site_id, ())))
    ]
    return list(Site.objects.filter(pk__in=both).order_by("name"))


def held_at(rows: Iterable[SiteLabel]) -> dict[int, list[Held]]:
    """Return what the rule needs to know of saved `rows`, by the key of their site."""
    kept = list(rows)
    held: dict[int, list[Held]] = {}
    for row, one in zip(kept, held_by(kept), strict=True):
        held.setdefault(row.site_id, []).append(one)
    return held


def held_by(rows: Collection[SiteLabel]) -> list[Held]:
    """Return what the rule needs to know of `rows`, saved or not."""
    versions = LabelVersion.objects.filter(pk__in={row.version_id for row in rows})
    labels = dict(versions.values_list("pk", "label"))
    return [Held(labels[row.version_id], row.starts_on, row.ends_on) for row in rows]


def exclusions_among(label_ids: Iterable[int]) -> set[frozenset[int]]:
    """Return which pairs of these labels exclude each other."""
    ids = set(label_ids)
    pairs = Label.excludes.through.objects.filter(from_label__in=ids, to_label__in=ids)
    return {frozenset(pair) for pair in pairs.values_list("from_label", "to_label")}
