"""What the network team does to places."""

from django.db import transaction

from sites.models import Space, Unit


@transaction.atomic
def add_units(*, space: Space, count: int) -> list[Unit]:
    """Give `space` that many more units, labelled by the numbers that follow those it has."""
    # Locked, so that two people adding at once do not give one number twice.
    space = Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    labels = space.units.values_list("label", flat=True)
    last = max((int(label) for label in labels if label.isascii() and label.isdigit()), default=0)
    return Unit.objects.bulk_create(
        Unit(site_id=space.site_id, space=space, label=str(last + number))
        for number in range(1, count + 1)
    )
