"""Every organisation gets its capacities, and those of one SIRET become one.

The oldest stays. It takes the capacities, the members (in the stronger of two roles), the office if
it has none, and whatever row of another table points at the others. A role counts for the whole
organisation, so that a manager of the employer may now run the sites of the same legal person: each
manager and administrator that moves is logged.

Back, an organisation of several capacities is split, one row per kind: sites stay with the operator,
bookings go to the employer, members are in every part. Not restored: names and offices of those that
were merged, weaker roles, which part somebody belonged to, and the capacity "partner", which had no
kind (alone, it becomes an employer, as does an organisation without capacity).
"""

import structlog
from django.db import migrations

logger = structlog.get_logger(__name__)
ROLES = ["member", "manager", "administrator"]
#: The kinds there were, the one that keeps the row (and its sites) first.
KINDS = ["operator", "employer", "collectivity", "network_team"]


def give_and_merge(apps, schema_editor):
    Organisation = apps.get_model("network", "Organisation")
    Capacity = apps.get_model("network", "Capacity")
    Capacity.objects.bulk_create(
        Capacity(organisation_id=pk, kind=kind)
        for pk, kind in Organisation.objects.order_by("pk").values_list("pk", "kind")
    )
    kept = {}
    for row in Organisation.objects.exclude(siret="").order_by("pk"):
        if row.siret in kept:
            merge(apps, kept[row.siret], row)
        else:
            kept[row.siret] = row


def merge(apps, kept, other):
    """Make `other` one with `kept`, the older one."""
    merge_capacities(apps.get_model("network", "Capacity"), kept, other)
    merge_members(apps.get_model("network", "Membership"), kept, other)
    point_at(kept, other, besides={"capacity", "membership"})
    if kept.commune_id is None:
        kept.commune_id = other.commune_id
        kept.save(update_fields=["commune"])
    logger.warning("organisations of one SIRET merged", kept=kept.pk, merged=other.pk)
    other.delete()


def merge_capacities(Capacity, kept, other):
    held = Capacity.objects.filter(organisation=kept).values_list("kind", flat=True)
    Capacity.objects.filter(organisation=other).exclude(kind__in=list(held)).update(
        organisation=kept
    )


def merge_members(Membership, kept, other):
    """Move members to `kept`; who was in both keeps the stronger role."""
    known = {one.person_id: one for one in Membership.objects.filter(organisation=kept)}
    for row in Membership.objects.filter(organisation=other).order_by("pk"):
        there = known.get(row.person_id)
        if there is None:
            row.organisation = kept
            row.save(update_fields=["organisation"])
        elif ROLES.index(row.role) > ROLES.index(there.role):
            there.role = row.role
            there.save(update_fields=["role"])
        if row.role != "member":
            logger.warning("role merged", person=row.person_id, organisation=kept.pk, role=row.role)


def point_at(kept, other, besides):
    """Have what points at `other` point at `kept`: sites, bookings, and what later packages have."""
    for relation in other._meta.related_objects:
        if relation.related_model._meta.model_name not in besides:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: other})
            rows.update(**{relation.field.name: kept})


def split(apps, schema_editor):
    Organisation = apps.get_model("network", "Organisation")
    held = {}
    for pk, kind in apps.get_model("network", "Capacity").objects.values_list(
        "organisation_id", "kind"
    ):
        held.setdefault(pk, set()).add(kind)
    for row in Organisation.objects.order_by("pk"):
        first, *others = [one for one in KINDS if one in held.get(row.pk, ())] or ["employer"]
        row.kind = first
        row.save(update_fields=["kind"])
        for kind in others:
            split_off(apps, row, kind)
    apps.get_model("network", "Capacity").objects.all().delete()


def split_off(apps, row, kind):
    """Make the part of an organisation that is `kind`."""
    Membership = apps.get_model("network", "Membership")
    part = apps.get_model("network", "Organisation").objects.create(
        name=row.name, kind=kind, siret=row.siret, commune_id=row.commune_id
    )
    members = Membership.objects.filter(organisation=row).order_by("pk")
    Membership.objects.bulk_create(
        Membership(person_id=one.person_id, organisation=part, role=one.role) for one in members
    )
    if kind == "employer":
        Booking = apps.get_model("bookings", "Booking")
        Booking.objects.filter(organisation_id=row.pk).update(organisation=part)
    logger.warning("organisation split", kept=row.pk, made=part.pk, kind=kind)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0011_capacities"),
        # Whose rows point at organisations.
        ("sites", "0001_initial"),
        ("bookings", "0001_initial"),
    ]

    operations = [migrations.RunPython(give_and_merge, split)]
