"""Who runs sites is told by a mail which of their own prices a new grid holds to its bands."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from billing.grids.reviewing import Reviewed, held_by
from billing.models import TariffGrid
from billing.votes.adopting import Deliberation, adopt
from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from network.running import people_running
from network.templatetags.dates import date_words
from network.templatetags.money import money
from sites.models import Site
from sites.telling import Told, reading_language


@transaction.atomic
def put_in_force(
    *, grid: TariffGrid, deliberation: Deliberation, by: User, now: datetime
) -> TariffGrid:
    """Adopt a grid, and have those told whose own prices it holds. Raises what `adopt` does."""
    adopted = adopt(grid=grid, deliberation=deliberation, by=by, now=now)
    operators = {one.row.site.operator_id for one in held_by(adopted)}
    for person in people_running(operators):
        send_held_prices.enqueue(adopted.pk, person.pk)
    return adopted


@task()
def send_held_prices(grid_id: int, person_id: int, attempt: int = 1) -> str:
    """Tell who runs sites which of their own prices a grid to come holds, if it still holds any."""
    grid = TariffGrid.objects.get(pk=grid_id)
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return "account deleted"
    sites = set(Site.objects.run_by(person).values_list("pk", flat=True))
    rows = [one for one in held_by(grid) if one.row.site_id in sites]
    if not rows:
        return "nothing held"

    def again(at: datetime) -> None:
        send_held_prices.using(run_after=at).enqueue(grid_id, person_id, attempt + 1)

    with translation.override(person.language):
        message = message_for(grid, rows, person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def message_for(grid: TariffGrid, rows: list[Reviewed], person: User) -> Message:
    """Return the mail, in the active language."""
    day = date_words(grid.in_force_from)
    return templated(
        "billing/email/held_prices",
        subject=_("Prices of your sites from %(day)s") % {"day": day},
        context={
            "day": day,
            "details": [detail_of(one) for one in rows],
            "page": whole_address_of("local-prices"),
        },
        to=person.email,
        key=f"grid-{grid.pk}-held-{person.pk}",
    )


def detail_of(one: Reviewed) -> tuple[str, Told]:
    """Return which price it is, and what is charged instead: label and words."""
    row = one.row
    label = _("%(what)s:") % {"what": ", ".join([row.site.name, *row.ware_words])}
    charged = one.now.charged if one.now else None
    if charged is None:
        words = _("you ask %(asked)s; the new grid has no such price")
        return label, Told(words % {"asked": money(row.price_cents)}, reading_language())
    words = _("you ask %(asked)s, %(charged)s will be charged")
    told = {"asked": money(row.price_cents), "charged": money(charged.peak)}
    return label, Told(words % told, reading_language())
