"""What the bookings of the demo cost: decided by the product's rules, alive for each persona."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django_tasks_db.models import DBTaskResult

from billing.cancelling.policies import Terms, terms_at
from billing.charging.cases import Case
from billing.charging.settling import drafted, settlement_lines
from billing.charging.standing import identity
from billing.charging.subjects import Turn
from billing.models import Charge, GroupMembership, Pass, VatRegime
from billing.passes.history import movements
from bookings.charges.turns import case_of, used
from bookings.models import Booking
from demo.people import sign_in_emails
from network.models import Organisation, User
from sites.models import Site
from subscriptions.models import Seat
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
A_MONTH = timedelta(days=30)


def persona(login: str) -> User:
    return User.objects.get(email=f"{login}@maillage.example")


def read(login: str, page: str) -> str:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(persona(login), backend=backend)
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_ledger_adds_up_and_moved_what_lines_say() -> None:
    out = StringIO()

    call_command("check_ledger", stdout=out)

    assert "all adds up" in out.getvalue()


def test_every_booking_that_costs_something_has_its_line() -> None:
    desks = Booking.objects.active().filter(space__kind="desk")
    lines = Charge.objects.filter(kind="use", space_kind="desk")

    uncharged = desks.exclude(reference__in=lines.values("subject"))

    assert desks.count() > 5000
    assert not uncharged.exists()


@pytest.mark.parametrize(
    "kind", ["desk", "office", "meeting_room", "phone_booth", "workshop", "lockers"]
)
def test_what_is_charged_in_bulk_is_what_settling_would_write(kind: str) -> None:
    some = Booking.objects.active().filter(space__kind=kind, created_at__lt=NOW - A_MONTH)
    seated = Seat.objects.values("person")  # what they book passes may cover: it is settled
    others = some.exclude(person__email__in=sign_in_emails()).exclude(person__in=seated)
    others = others.select_related("space", "site")

    for booking in others.order_by("reference")[:25]:
        use = used(booking, booking.allocations.all())
        turn = Turn(
            reference=booking.reference,
            revision=0,
            person=booking.person,
            booked_at=booking.created_at,
            advance_days=booking.space.advance_days,
            payer=booking.organisation_id,
            after=use,
        )
        case = unwritten(case_of(turn, booking.pk, booking.created_at))
        decided = settlement_lines(case, drafted(case))

        written = Charge.objects.of_subject(booking.reference).filter(kind="use")
        assert {shown(one) for one in written} == {shown(one) for one in decided}, booking


def test_employers_owe_what_their_people_booked_on_their_account() -> None:
    on_account = Booking.objects.filter(organisation__isnull=False, space__kind="desk")
    lines = Charge.objects.filter(subject__in=on_account.values("reference"), organisation=None)

    assert on_account.count() > 1000
    assert not lines.exclude(on_account_of__isnull=False).exists()
    assert not Booking.objects.filter(organisation__isnull=False).exclude(
        person__employments__organisation=F("organisation")
    )


def unwritten(case: Case) -> Case:
    """Return a case as if its booking had no lines yet."""
    books = {**case.books, case.turn.reference: []}
    return replace(case, facts=replace(case.facts, books=books))


def shown(line: Charge) -> tuple[object, ...]:
    """Return all of a line that is decided, but for its keys."""
    terms = (line.free_until, line.late_percent)
    told = (line.group, line.vat_regime, line.vat_rate, line.grid_id, line.full_price_cents)
    return *identity(line), *terms, *told, line.words, line.made_at


def test_each_kind_of_line_is_there() -> None:
    kinds = set(Charge.objects.values_list("kind", flat=True))

    assert kinds == set(Charge.Kind.values)


def test_the_teleworkers_pass_is_in_use_with_one_refunded_and_one_kept() -> None:
    (bought,) = Pass.objects.filter(person=persona("teleworker"))

    history = movements(bought)

    assert bought.half_days == 10
    assert 0 < history[-1].left < 9
    assert [one.row.kind for one in history].count("refund") >= 1
    late = Charge.objects.filter(kind="late", spent_pass=bought)
    assert [line.quantity for line in late] == [100]
    given_back = Charge.objects.filter(kind="given_back", spent_pass=bought)
    assert given_back.values("subject").distinct().count() == 2


def test_nobody_is_written_to_of_what_was_bought_or_booked() -> None:
    assert not DBTaskResult.objects.exists()


def test_the_job_seeker_pays_half_and_half_of_what_was_cancelled_late() -> None:
    person = persona("jobseeker")
    lines = Charge.objects.of_person(person)

    groups = GroupMembership.objects.filter(person=person).at(NOW, NOW.date())

    assert [one.group for one in groups] == ["job_seeker"]
    assert set(lines.filter(kind="use").values_list("group", "amount_cents")) == {
        ("job_seeker", 500)
    }
    assert [line.amount_cents for line in lines.filter(kind="late")] == [250]


def test_one_site_is_stricter_and_its_bookings_say_so() -> None:
    strict = Site.objects.get(slug="schirmeck-la-scierie")
    line = Charge.objects.filter(kind="use", site=strict, space_kind="desk").first()

    assert terms_at(strict, "desk") == Terms(48, 80)
    assert line is not None
    assert line.starts_at is not None
    assert line.free_until == line.starts_at - timedelta(hours=48)
    assert line.late_percent == 80


@pytest.mark.parametrize(
    ("operator", "regime", "rate"),
    [
        ("Association La Fabrique du Giessen", "non_profit", 0),
        ("Les Bureaux du Ried", "public_body", 0),
        ("Rhin Affaires SAS", "taxable", 2000),
    ],
)
def test_issuers_stand_to_vat_as_their_law_has_it(operator: str, regime: str, rate: int) -> None:
    row = Organisation.objects.get(name=operator)

    lines = Charge.objects.filter(operator=row).values_list("vat_regime", "vat_rate")

    assert set(lines) == {(regime, rate)}
    assert VatRegime.objects.of(row, NOW.date()).regime == regime


@pytest.mark.usefixtures("frozen")
def test_last_months_statements_are_not_empty_for_any_persona() -> None:
    valley = Organisation.objects.get(name="Pays de Villé (démonstration)")
    giessen = Organisation.objects.get(name="Association La Fabrique du Giessen")
    pages = {
        "teleworker": "/account/statements/2026-10/",
        "jobseeker": "/account/statements/2026-10/",
        "collectivity": f"/manage/statements/{valley.pk}/owed/2026-10/",
        "manager": f"/manage/statements/{giessen.pk}/earned/2026-10/",
    }

    told = {login: read(login, page) for login, page in pages.items()}

    for login, text in told.items():
        assert "Rien ce mois-ci" not in text, login
        assert "octobre 2026" in text, login
    assert "La Fabrique de Villé" in told["teleworker"]
    assert "5,00" in told["jobseeker"]
    assert "261‑7‑1°" in told["manager"]


@pytest.mark.usefixtures("frozen")
def test_the_pages_of_credits_and_bookings_are_alive() -> None:
    credits = read("teleworker", "/account/credits/")

    assert "Carnet de dix demi-journées en télécentre rural" in credits
    assert read("jobseeker", "/bookings/")


def test_the_manager_has_a_draft_to_propose_and_customers_of_a_group() -> None:
    assert "rentrée 2027" in read("manager", "/manage/grids/")
    assert "Proposée par" in read("manager", "/tariffs/proposals/")
    assert read("manager", "/manage/groups/").count("Y mettre fin") == 4
    assert "article 261‑7‑1°" in read("manager", "/manage/vat/")
    assert "Demandeur d’emploi" in read("jobseeker", "/account/credits/")
