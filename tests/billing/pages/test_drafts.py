"""The network team and operators write the next grid; the team puts it in force."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from billing.models import TariffGrid
from billing.prices.durations import Duration
from tests.billing.pages.reading import signed_in, words_of
from tests.billing.tariffs import band, make_draft, make_grid, make_proposal, off_peak, price
from tests.factories import NOW, holder, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW_YEAR = date(2027, 1, 1)
PDF = b"%PDF-1.7\nstartxref\n0\n%%EOF"


@pytest.fixture
def adopter(client: Client) -> Client:
    return signed_in(client, holder("adopt_tariffgrid"))


def page(client: Client, grid: TariffGrid, rest: str = "", **asked: Any) -> str:
    return words_of(client.get(f"/manage/grids/{grid.pk}/{rest}", asked))


def send(client: Client, grid: TariffGrid, rest: str, **fields: Any) -> Any:
    return client.post(f"/manage/grids/{grid.pk}/{rest}", fields)


def test_every_version_is_listed_with_how_it_stands(adopter: Client) -> None:
    make_grid(from_day=date(2026, 1, 1), name="Old")
    make_grid(name="Now")
    make_grid(from_day=NEW_YEAR, name="Next")
    make_draft(from_day=date(2028, 1, 1), name="Written")
    make_proposal(make_draft(from_day=date(2028, 1, 1), name="Asked"))
    called_off = {"withdrawn_at": NOW, "withdrawal_reason": "A wrong price"}
    make_proposal(make_draft(from_day=date(2028, 1, 1), name="Off"), **called_off)

    told = words_of(adopter.get("/manage/grids/"))

    for words in (
        "Old From 1 January 2026 · Deliberation D-1 · Written by the network team No longer in",
        "Now From 23 November 2026 · Deliberation D-2 · Written by the network team In force",
        "D-3 · Written by the network team To come",
        "Written From 1 January 2028 · Written by the network team Draft",
        "Asked From 1 January 2028 · Proposed by the network team Submitted to the vote",
        "Off From 1 January 2028 · Proposed by the network team Withdrawn",
    ):
        assert words in told


def test_a_draft_takes_over_the_grid_with_its_prices_raised(adopter: Client) -> None:
    grid = make_grid()
    asked = {"name": "2027", "in_force_from": "2027-01-01", "source": grid.pk, "percent": "2.5"}

    answer = adopter.post("/manage/grids/new/", asked)

    draft = TariffGrid.objects.get(name="2027")
    assert answer.headers["Location"] == f"/manage/grids/{draft.pk}/"
    assert draft.gridprices.get(duration=Duration.DAY).price_cents == 1440
    assert draft.in_force_from == NEW_YEAR


def test_the_first_draft_begins_empty(adopter: Client) -> None:
    adopter.post("/manage/grids/new/", {"name": "2027", "in_force_from": "2027-01-01"})

    assert not TariffGrid.objects.get().gridprices.exists()


@pytest.mark.parametrize("percent", ["-91", "201", "2.55", "much"])
def test_a_raise_beyond_reason_is_refused(adopter: Client, percent: str) -> None:
    asked = {"name": "2027", "in_force_from": "2027-01-01", "percent": percent}

    assert adopter.post("/manage/grids/new/", asked).status_code == 200
    assert not TariffGrid.objects.exists()


def test_prices_are_typed_in_a_table_of_a_category_and_a_group(adopter: Client) -> None:
    draft = make_draft()
    typed = {"desk-day": "15,50", "desk-day-calm": "12", "office-day": "0"}

    answer = adopter.post(f"/manage/grids/{draft.pk}/prices/rural/?group=student", typed)

    assert answer.headers["Location"] == f"/manage/grids/{draft.pk}/prices/rural/?group=student"
    rows = draft.gridprices.filter(group="student")
    told = {(row.kind, row.duration): (row.price_cents, row.off_peak_cents) for row in rows}
    assert told == {("desk", "day"): (1550, 1200), ("office", "day"): (0, None)}
    assert draft.gridprices.filter(group="standard").count() == 5


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"desk-day": "-1"}, "An amount is not below zero."),
        ({"desk-day": "8 CHF"}, "Prices are in euros"),
        ({"desk-day": "8", "desk-day-calm": "9"}, "at most that of peak hours"),
        ({"desk-day-calm": "9"}, "Give the price in peak hours too."),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    adopter: Client, typed: dict[str, str], why: str
) -> None:
    draft = make_draft()

    answer = send(adopter, draft, "prices/rural/", **typed)

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert "Desk, Day" in words_of(answer)
    assert draft.gridprices.count() == 5


def test_bands_are_typed_in_per_cent(adopter: Client) -> None:
    draft = make_draft()
    band(draft, 5, 5)

    assert send(adopter, draft, "bands/rural/", **{"desk-below": "101"}).status_code == 409
    send(adopter, draft, "bands/rural/", **{"desk-below": "20", "desk-above": "10"})

    row = draft.bands.get()
    assert (row.below_percent, row.above_percent) == (20, 10)


def test_off_peak_hours_are_added_and_removed(adopter: Client) -> None:
    draft = make_draft()
    off_peak(draft, 4, "12:00", "14:00")
    hours = {"kind": "desk", "weekdays": ["0", "1"], "starts_at": "16:00", "ends_at": "00:00"}

    send(adopter, draft, "off-peak/", **hours)
    friday = draft.offpeaks.get(weekday=4)
    send(adopter, draft, "off-peak/remove/", row=friday.pk)
    send(adopter, draft, "off-peak/remove/", row="nothing")

    told = page(adopter, draft, "off-peak/")
    assert "Monday, 16:00 – 24:00 (Desk)" in told
    assert sorted(draft.offpeaks.values_list("weekday", flat=True)) == [0, 1]
    backwards = hours | {"starts_at": "18:00", "ends_at": "17:00"}
    assert send(adopter, draft, "off-peak/", **backwards).status_code == 409


def test_a_pass_is_added_changed_and_removed(adopter: Client) -> None:
    draft = make_draft()
    ten = {"name": "Ten", "kind": "desk", "half_days": "10", "valid_months": "6", "price": "65"}

    send(adopter, draft, "passes/", **ten)
    offer = draft.passoffers.get()
    send(adopter, draft, f"passes/{offer.pk}/", **ten | {"price": "66,50"})

    assert "€66.50 – 10 half-days (Desk)" in page(adopter, draft, "passes/")
    assert draft.passoffers.get().code == "ten"
    assert send(adopter, draft, "passes/", **ten | {"half_days": "0"}).status_code == 409
    send(adopter, draft, "passes/remove/", row=offer.pk)
    assert not draft.passoffers.exists()


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("half_days", "0", "Write a whole number from 1 to 200."),
        ("half_days", "32767", "Write a whole number from 1 to 200."),
        ("valid_months", "32767", "Write a whole number from 1 to 24."),
        ("valid_months", "0", "Write a whole number from 1 to 24."),
        ("price", "5 40", "A space only separates thousands"),
    ],
)
def test_a_pass_beyond_reason_is_refused_with_the_bounds(
    adopter: Client, field: str, typed: str, why: str
) -> None:
    draft = make_draft()
    ten = {"name": "Ten", "kind": "desk", "half_days": "10", "valid_months": "6", "price": "65"}

    answer = send(adopter, draft, "passes/", **ten | {field: typed})

    assert answer.status_code == 409
    assert why in words_of(answer)
    assert not draft.passoffers.exists()


def test_the_page_of_a_pass_names_the_choice_of_every_site(adopter: Client) -> None:
    told = page(adopter, make_draft(), "passes/")

    assert "All sites of the network" in told
    assert "---" not in told


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-24", "The deliberation is of a day to come"),
        ("2199-01-01", "The deliberation is of a day to come"),
        ("1799-01-01", "Choose a year between"),
    ],
)
def test_a_deliberation_of_no_day_that_can_be_is_refused(
    adopter: Client, day: str, why: str
) -> None:
    draft = make_draft(from_day=NEW_YEAR)

    answer = send(adopter, draft, "adopt/", day=day, number="2026-41")

    assert answer.status_code == 409
    assert why in words_of(answer)
    draft.refresh_from_db()
    assert not draft.is_adopted


def test_what_sites_sell_and_the_draft_has_no_price_for_is_listed(adopter: Client) -> None:
    make_space(make_site(), kind="meeting_room")

    assert "Meeting room (Rural telecentre)" in page(adopter, make_draft())


def test_a_draft_is_put_in_force_by_its_deliberation_and_its_text_is_public(
    adopter: Client,
) -> None:
    draft = make_draft(from_day=NEW_YEAR, name="2027")
    text = SimpleUploadedFile("d.pdf", PDF, "application/pdf")

    answer = send(adopter, draft, "adopt/", day="2026-11-20", number="2026-41", document=text)

    assert answer.status_code == 302
    told = page(adopter, draft)
    assert "The grid is put in force from its first day on." in told
    assert "Put in force by deliberation 2026-41 of 20 November 2026" in told
    assert "Text of the deliberation" in words_of(adopter.get(f"/tariffs/{draft.pk}/"))
    draft.refresh_from_db()
    assert re.fullmatch(r"deliberations/[0-9a-f]{32}\.pdf", str(draft.deliberation_document))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"number": ""}, "An answer is missing here."),
        ({"document": SimpleUploadedFile("d.pdf", b"<html>")}, "This is no PDF document."),
    ],
)
def test_a_deliberation_without_number_or_with_another_document_is_refused(
    adopter: Client, fields: dict[str, Any], why: str
) -> None:
    draft = make_draft(from_day=NEW_YEAR)
    usual = {"day": "2026-11-20", "number": "2026-41"}

    answer = send(adopter, draft, "adopt/", **usual | fields)

    assert why in words_of(answer)
    draft.refresh_from_db()
    assert not draft.is_adopted


def test_a_day_that_is_over_asks_for_a_later_one_in_words(adopter: Client) -> None:
    draft = make_draft(from_day=date(2026, 1, 1))

    answer = send(adopter, draft, "adopt/", day="2026-01-01", number="1")

    assert answer.status_code == 409
    assert "name a later one" in words_of(answer)
    send(adopter, draft, "adopt/", day="2026-01-01", number="1", first_day="2027-01-01")
    assert "From 1 January 2027" in page(adopter, draft)


def test_a_vote_is_opened_for_a_reason_until_the_end_of_its_last_day(adopter: Client) -> None:
    draft = make_draft(from_day=NEW_YEAR)

    assert "Its last day is two days before 1 January 2027 at the latest" in page(
        adopter, draft, "vote/"
    )
    short = send(adopter, draft, "vote/", reasons="Heating", last_day="2026-11-23")
    assert "A vote lasts 7 days at least" in words_of(short)
    assert send(adopter, draft, "vote/", last_day="2026-12-10").status_code == 409
    send(adopter, draft, "vote/", reasons="Heating", last_day="2026-12-10")

    draft.refresh_from_db()
    assert draft.proposal.closes_at.isoformat() == "2026-12-10T23:00:00+00:00"
    told = page(adopter, draft)
    assert "So far too few places have voted." in told
    assert "Delete the draft" not in told
    again = send(adopter, draft, "vote/", reasons="Again", last_day="2026-12-10")
    assert "put to the vote once" in words_of(again)


def test_a_draft_is_named_anew_or_deleted(adopter: Client) -> None:
    draft = make_draft()

    send(adopter, draft, "name/", name="2028", in_force_from="2028-01-01")
    assert "From 1 January 2028" in page(adopter, draft)
    assert "Delete this draft?" in page(adopter, draft, "discard/")
    assert TariffGrid.objects.exists()
    answer = send(adopter, draft, "discard/")

    assert answer.headers["Location"] == "/manage/grids/"
    assert not TariffGrid.objects.exists()


#: What is edited of a draft.
WRITTEN = ("name/", "prices/rural/", "bands/rural/", "off-peak/", "passes/", "vote/", "discard/")
PARTS = (*WRITTEN, "adopt/")


def test_a_grid_in_force_shows_no_edit(adopter: Client) -> None:
    grid = make_grid()

    told = page(adopter, grid)

    assert "it is no longer edited" in told
    assert "What it says" not in told
    for part in PARTS:
        assert adopter.get(f"/manage/grids/{grid.pk}/{part}").status_code == 404
    assert send(adopter, grid, "discard/").status_code == 404


def test_a_grid_under_vote_refuses_what_is_sent_all_the_same(adopter: Client) -> None:
    draft = make_draft()
    make_proposal(draft)

    answer = send(adopter, draft, "prices/rural/", **{"desk-day": "1"})

    assert answer.status_code == 409
    assert "put to the vote as it is" in words_of(answer)
    send(adopter, draft, "discard/")
    assert draft.gridprices.count() == 5


def test_only_who_writes_grids_comes_in(client: Client) -> None:
    draft = make_draft()
    addresses = ["/manage/grids/", "/manage/grids/new/", f"/manage/grids/{draft.pk}/"]
    addresses += [f"/manage/grids/{draft.pk}/{part}" for part in PARTS]

    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert {client.get(one).status_code for one in addresses} == {403}
    assert send(client, draft, "discard/").status_code == 403


def test_an_unknown_category_is_not_there(adopter: Client) -> None:
    draft = make_draft()
    price(draft, Duration.DAY, 100, category="urban")

    assert adopter.get(f"/manage/grids/{draft.pk}/prices/lunar/").status_code == 404
    assert adopter.get(f"/manage/grids/{draft.pk}/bands/lunar/").status_code == 404
