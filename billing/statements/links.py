"""The ways from the lines of a statement to what they are for, where its reader may look."""

from collections.abc import Collection, Sequence

from django.urls import reverse

from billing.models import Charge
from network.hrefs import address_of
from network.models import User
from sites.models import Site


def ways_of(lines: Sequence[Charge], reader: User) -> list[str]:
    """Return the address of what each line is for; empty where the reader may not look.

    One query where some lines are of others.
    """
    run = sites_run(lines, reader)
    return [way_to(line) if may_look(line, reader, run) else "" for line in lines]


def sites_run(lines: Sequence[Charge], reader: User) -> set[int]:
    """Return the sites of others' lines that the reader runs."""
    sites = {line.site_id for line in lines if line.person_id != reader.pk and line.site_id}
    if not sites:
        return set()
    return set(Site.objects.run_by(reader).filter(pk__in=sites).values_list("pk", flat=True))


def may_look(line: Charge, reader: User, run: Collection[int]) -> bool:
    """Tell whether the reader may: at what is their own, and at bookings of sites that they run."""
    if line.person_id == reader.pk:
        return True
    return line.site_id in run and not is_of_pass(line)


def way_to(line: Charge) -> str:
    """Return the address of what a line is for: a pass, or a booking."""
    name, _colon, number = line.subject.partition(":")
    return reverse(name, args=[number]) if is_of_pass(line) else address_of("booking", name)


def number_of(line: Charge) -> str:
    """Return what tells a line's booking, or its pass, from others: its reference or number."""
    return line.subject.rpartition(":")[2]


def is_of_pass(line: Charge) -> bool:
    """Tell whether a line is for a pass, named as "pass:12", and not for a booking."""
    return ":" in line.subject
