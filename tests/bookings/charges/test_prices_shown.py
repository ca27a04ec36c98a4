"""What is said of prices: on the page before it is booked, of a booking, before it is cancelled."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from billing.models import Charge, GridPrice
from billing.prices.durations import Duration
from billing.showing.telling import Price
from billing.templatetags.losses import loss_words
from billing.templatetags.prices import price_reasons, terms_words
from bookings.actions import book, cancel, give_back
from bookings.charges.prices import loss_of, price_of, price_of_wish, prices_of
from bookings.wishes import Wish
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid, off_peak, subsidy
from tests.bookings.bookings import book_for
from tests.bookings.charges.mailed import mailed_price
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_organisation,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
FRIDAY = TUESDAY + timedelta(days=3)
NEXT_MONDAY = FRIDAY + timedelta(days=3)
#: When cancelling what is on Friday is no longer free.
CLOCK = at(FRIDAY - timedelta(days=1), "08:00")
UNTIL = NOW + timedelta(days=90)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")


def test_what_is_told_before_is_what_is_told_after() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 1, NOW + timedelta(days=90))
    book_for(person, space, MORNING)

    before = price_of_wish(Wish(space_id=space.pk, intervals=(AFTERNOON,)), space, person, NOW)
    after = price_of(book_for(person, space, AFTERNOON), NOW)

    assert before == after
    assert before
    assert before.cents == 800


def test_what_passes_cover_and_what_is_left_is_told() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, NOW + timedelta(days=90))

    told = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW)

    assert told
    (spent,) = told.spent
    assert (told.cents, told.full_cents, spent.half_days, spent.left) == (0, 800, 1, 9)


def test_of_a_booking_is_told_what_its_passes_have_left_until_they_end() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    ends_at = NOW + timedelta(days=90)
    make_pass(person, grid, 10, ends_at)
    booking = book_for(person, space, MORNING)
    book_for(person, space, AFTERNOON)

    now, later = price_of(booking, NOW), price_of(booking, ends_at)

    assert now
    assert [one.left for one in now.passes] == [8]
    assert later
    assert later.passes == ()


def test_a_second_half_of_a_day_is_told_with_what_it_saves() -> None:
    make_grid()
    person, space = make_user(), make_space()
    book_for(person, space, MORNING)

    told = price_of_wish(Wish(space_id=space.pk, intervals=(AFTERNOON,)), space, person, NOW)

    assert told
    assert (told.cents, told.saved_cents, told.subsidy_cents) == (600, 200, 0)


def test_a_subsidy_is_told() -> None:
    make_grid()
    space = make_space()
    subsidy(space.site, Duration.HALF_DAY, 300)

    told = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, make_user(), NOW)

    assert told
    assert (told.cents, told.subsidy_cents) == (300, 500)


def test_who_pays_a_subsidy_and_why_is_told_before_and_after() -> None:
    make_grid()
    person, space = make_user(), make_space()
    funder = make_organisation("CC de la Vallée de Villé", "collectivity")
    subsidy(space.site, Duration.HALF_DAY, 300, funder, reason="Telework in the valley.")

    before = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW)
    booking = book_for(person, space, MORNING)
    after = price_of(booking, NOW)

    assert before
    assert after
    assert before.aids == after.aids
    with translation.override("en"):
        assert (
            price_reasons(before)
            == price_reasons(after)
            == [
                "The full price is €8.00: a subsidy pays the rest.",
                "Subsidised by: CC de la Vallée de Villé. Telework in the valley.",
            ]
        )
    assert "CC de la Vallée de Villé. Telework in the valley." in mailed_price(booking)


def test_who_paid_is_told_though_the_subsidy_is_another_s_since() -> None:
    make_grid()
    space = make_space()
    paid = subsidy(space.site, Duration.HALF_DAY, 300)
    booking = book_for(make_user(), space, MORNING)

    paid.funder = make_organisation("Région Grand Est", "collectivity")
    paid.save()

    told = price_of(booking, NOW)
    assert told
    assert [one.funder for one in told.aids] == ["CC de la Vallée de Villé"]


def test_of_each_booking_its_own_funder_is_told_in_as_many_queries(
    django_assert_num_queries: Any,
) -> None:
    make_grid()
    person, spaces = make_user(), [make_space(), make_space(), make_space()]
    for space, name in zip(spaces, ("CC de Villé", "Région Grand Est"), strict=False):
        subsidy(space.site, Duration.HALF_DAY, 300, make_organisation(name, "collectivity"))
    booked = [
        book_for(person, space, interval(FRIDAY + timedelta(days=day), "08:00", "13:00"))
        for space, day in zip(spaces, (0, 3, 4), strict=True)
    ]

    with django_assert_num_queries(3):
        told = prices_of(booked, NOW)

    names = [[aid.funder for aid in told[one.reference].aids] for one in booked]
    assert names == [["CC de Villé"], ["Région Grand Est"], []]


def test_looking_at_a_price_writes_nothing_and_takes_nothing() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    ten = make_pass(person, grid, 10, NOW + timedelta(days=90))

    price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW)
    price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, AnonymousUser(), NOW)

    assert left(ten) == 10
    assert not Charge.objects.exists()


def test_what_cancelling_would_give_back_is_what_it_gives_back() -> None:
    make_grid()
    person, space = make_user(), make_space()
    booking = book_for(person, space, MORNING)

    in_time = loss_of(booking, person, NOW)
    late = loss_of(booking, person, at(FRIDAY, "07:00"))

    assert (in_time.back_cents, in_time.kept_cents) == (800, 0)
    assert (late.back_cents, late.kept_cents) == (400, 400)


def test_what_others_cost_more_is_not_taken_off_what_is_no_longer_owed_a_second_time() -> None:
    make_grid()
    person, space = make_user(language="en"), make_space()
    first = book_for(person, space, MORNING)
    second = Wish(space_id=space.pk, intervals=(AFTERNOON,))
    book(wish=second, person=person, by=person, now=NOW + timedelta(minutes=1))

    lost = loss_of(first, person, NOW + timedelta(minutes=2))

    assert lost.back_cents == 600
    with translation.override("en"):
        assert loss_words(lost) == [
            "€8.00 will no longer be owed.",
            "Your other bookings of the week cost €2.00 more without this one.",
        ]


def test_of_what_was_cancelled_late_is_told_what_was_kept() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    paid, covered = book_for(person, space, MORNING), make_pass(person, grid, 10, UNTIL)
    by_pass = book_for(person, space, interval(FRIDAY, "13:00", "18:30"))

    for booking in (paid, by_pass):
        cancel(booking=booking, by=person, now=at(FRIDAY, "07:00"))
    told = [price_of(booking, at(FRIDAY, "07:00")) for booking in (paid, by_pass)]

    assert left(covered) == 9
    with translation.override("en"):
        assert [price_reasons(one) for one in told if one] == [
            ["It was kept because of the late cancellation.", "€4.00 is no longer owed."],
            ["1 half-day was kept for what was given up late."],
        ]


def test_without_a_price_nothing_is_told_of_it() -> None:
    person, space = make_user(), make_space()

    assert price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW) is None
    assert price_of(book_for(person, space, MORNING), NOW) is None


def test_off_peak_is_named_where_the_price_is_off_peak_before_and_after() -> None:
    grid, person, space = make_grid(), make_user(language="en"), make_space()
    off_peak(grid, FRIDAY.weekday(), "08:00", "13:00")
    prices = GridPrice.objects.filter(grid=grid)
    prices.filter(duration=Duration.HALF_DAY).update(off_peak_cents=500)
    whole = interval(FRIDAY, "08:00", "18:00")
    day = Wish(space_id=space.pk, intervals=(whole,))

    with translation.override("en"):
        told = [
            price_reasons(price) if price else None
            for price in (
                price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW),
                price_of_wish(day, space, person, NOW),
                price_of_wish(Wish(space_id=space.pk, intervals=(AFTERNOON,)), space, person, NOW),
            )
        ]

    assert told == [["Off-peak price."], ["Part of it has the off-peak price."], []]
    booked = price_of(book_for(person, space, MORNING), NOW)
    with translation.override("en"):
        assert booked
        assert price_reasons(booked) == ["Off-peak price."]


def test_of_what_a_pass_covers_is_told_how_many_half_days_are_kept() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    wish = Wish(space_id=space.pk, intervals=(MORNING,))

    before = price_of_wish(wish, space, person, NOW)
    booking = book_for(person, space, MORNING)

    for told in (before, price_of(booking, NOW)):
        assert words_of(told, "en") == (
            "Free to cancel until Thursday 26 November, 8:00. After that, 1 half-day is kept."
        )
        assert words_of(told, "fr").endswith("Ensuite, 1 demi-journée sera retenue.")
    late = price_of(booking, at(FRIDAY, "07:00"))
    assert words_of(late, "en") == "If you cancel, 1 half-day is kept."


def test_as_many_half_days_are_told_as_are_kept() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    booking = book_for(person, space, MORNING, AFTERNOON, interval(NEXT_MONDAY, "08:00", "18:00"))

    for now in (NOW, CLOCK, at(FRIDAY, "07:00")):
        told = price_of(booking, now)
        assert told
        assert (told.at_stake, told.most_at_stake) == (1, 2)
        assert words_of(told, "en").endswith("the more is kept: up to 2 half-days.")
    assert loss_of(booking, person, CLOCK).kept_half_days == 1


def test_what_was_kept_of_a_first_half_of_a_day_counts_for_the_second() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    booking = book_for(person, space, MORNING, AFTERNOON)

    give_back(booking=booking, by=person, times=[AFTERNOON], now=CLOCK)

    told = price_of(booking, CLOCK)
    assert words_of(told, "en") == "Free to change or cancel until it starts."
    assert loss_of(booking, person, CLOCK).kept_half_days == 0


def test_days_that_are_paid_and_days_that_a_pass_covers_have_each_their_terms() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 1, UNTIL)

    booking = book_for(person, space, MORNING, interval(NEXT_MONDAY, "08:00", "13:00"))

    assert words_of(price_of(booking, NOW), "en") == (
        "Free to cancel until Thursday 26 November, 8:00. After that, 50% is kept."
        " Of your pass, 1 half-day is kept."
    )


def test_what_another_booking_of_the_day_spends_already_is_free_to_cancel() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    book_for(person, space, interval(FRIDAY, "08:00", "10:00"))

    booking = book_for(person, space, interval(FRIDAY, "11:00", "13:00"))

    assert words_of(price_of(booking, NOW), "en") == "Free to change or cancel until it starts."


def test_of_a_subsidised_price_the_terms_say_that_only_one_s_own_share_is_kept() -> None:
    make_grid()
    person, space = make_user(), make_space()
    funder = make_organisation("CC de Villé", "collectivity")
    subsidy(space.site, Duration.HALF_DAY, 300, funder)

    before = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW)
    after = price_of(book_for(person, space, MORNING), NOW)

    said = "50% is kept. Of what the subsidy pays, nothing is kept."
    assert words_of(before, "en") == words_of(after, "en")
    assert words_of(after, "en").endswith(said)


def words_of(price: Price | None, language: str) -> str:
    with translation.override(language):
        return terms_words(price)
