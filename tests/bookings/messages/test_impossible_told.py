"""What can no longer be had is said in every mail, page and event, and to the site."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from bookings.actions import change, give_back
from bookings.models import Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Closure, Site
from tests.bookings.bookings import book_for
from tests.bookings.calendars.reading import events
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_manager,
    make_site,
    make_space,
    make_user,
    reads_english,
)
from tests.sites.test_admin import site_fields
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MORNING = interval(TUESDAY, "09:00", "12:00")
NEXT_DAY = interval(TUESDAY + timedelta(days=1), "09:00", "12:00")


def booked(*times: Interval, site: Site | None = None) -> Booking:
    space = make_space(site or make_site(name="La Fabrique"), units=3)
    return book_for(make_user(), space, *(times or (MORNING,)))


def told(booking: Booking, run_tasks: RunTasks) -> Booking:
    run_tasks()
    mail.outbox.clear()
    return booking


def save_closed(team: Client, site: Site, *, day: str = "2026-11-24", **others: str) -> None:
    """Close the site that day in the administration, and change other fields in the same save."""
    url = reverse("admin:sites_site_change", args=[site.pk])
    fields = site_fields(team.get(url)) | others
    fields |= {
        "closures-TOTAL_FORMS": "1",
        "closures-0-site": site.pk,
        "closures-0-starts_at_0": day,
        "closures-0-starts_at_1": "08:00",
        "closures-0-ends_at_0": day,
        "closures-0-ends_at_1": "18:00",
        "closures-0-reason": "Travaux",
    }
    asked = team.post(url, fields)
    ((value, _words),) = asked.context["adminform"].form.fields["confirmed_for"].choices
    assert team.post(url, fields | {"confirmed_for": value}).status_code == 302


def test_a_note_edited_after_a_closure_confirms_nothing(run_tasks: RunTasks) -> None:
    booking = told(booked(), run_tasks)
    make_closure(booking.site, MORNING)
    wish = Wish(space_id=booking.space_id, intervals=(MORNING,), note="J’appelle demain")

    change(booking=booking, wish=wish, by=booking.person, now=NOW)
    run_tasks()
    (sent,) = mail.outbox

    assert plain(sent.subject) == "Plus possible : La Fabrique, mardi 24 novembre, 9 h – 12 h"
    assert "Ce que vous avez réservé n’est plus possible" in plain(sent.body)
    assert "Fermé à ce moment : Works." in plain(sent.body)
    assert "Voici ce qui vaut maintenant" not in sent.body
    assert "modifier ou annuler jusqu’au début" not in sent.body


def test_a_first_mail_written_after_the_closure_confirms_nothing(run_tasks: RunTasks) -> None:
    booking = booked()
    make_closure(booking.site, MORNING)

    run_tasks()
    (sent,) = mail.outbox

    assert sent.subject.startswith("Plus possible")
    assert "Votre place est réservée" not in sent.body


def test_one_save_that_moves_and_closes_is_one_mail(team: Client, run_tasks: RunTasks) -> None:
    booking = told(booked(), run_tasks)

    save_closed(team, booking.site, address="2 rue Haute")
    run_tasks()
    (sent,) = mail.outbox

    assert sent.to == [booking.person.email]
    assert sent.subject.startswith("Plus possible")
    assert "2 rue Haute" in sent.body
    assert "est maintenue" not in sent.body


def test_an_event_says_it_and_keeps_its_status(run_tasks: RunTasks) -> None:
    booking = told(booked(), run_tasks)
    make_closure(booking.site, MORNING)

    (event,) = events(booking.person)

    assert event.status.value == "CONFIRMED"
    assert plain(event.summary.value).startswith("Plus possible : La Fabrique")
    assert "Fermé à ce moment : Works." in plain(event.description.value)


class TestOneDayOfTwo:
    def test_the_subject_names_it_and_the_mail_lists_both_apart(
        self, team: Client, run_tasks: RunTasks
    ) -> None:
        booking = told(booked(MORNING, NEXT_DAY), run_tasks)

        save_closed(team, booking.site, day="2026-11-25")
        run_tasks()
        (sent,) = mail.outbox
        body = plain(sent.body)

        assert plain(sent.subject) == (
            "Plus possible : La Fabrique, mercredi 25 novembre, 9 h – 12 h"
        )
        assert "Plus possible : mercredi 25 novembre, 9 h – 12 h" in body
        assert "Toujours réservé :\nmardi 24 novembre, 9 h – 12 h" in body
        (event,) = events(booking.person)
        assert plain(event.summary.value).startswith("Plus possible en partie : La Fabrique")

    def test_the_pages_mark_it_and_offer_to_drop_it(self, client: Client) -> None:
        booking = booked(MORNING, NEXT_DAY)
        make_closure(booking.site, NEXT_DAY)
        client.force_login(reads_english(booking.person))
        drop = f"{reverse('booking-change', args=[booking.reference])}?drop=impossible"

        page = client.get(booking.get_absolute_url())
        changing = client.get(drop)
        home = client.get(reverse("home")).content.decode()
        listed = client.get(reverse("bookings")).content.decode()

        assert list(page.context["missed"]) == [NEXT_DAY]
        assert drop in page.content.decode()
        assert "Part of what was booked" in page.content.decode()
        forms = changing.context["times"].forms
        assert [form["DELETE"].value() for form in forms] == [False, True]
        assert [form.missed for form in forms] == ["", "Closed at this time: Works."]
        assert "Your booking of Wednesday 25 November" in home
        assert "Partly no longer possible" in listed

    def test_it_can_be_dropped_from_there(self, client: Client) -> None:
        booking = booked(MORNING, NEXT_DAY)
        make_closure(booking.site, NEXT_DAY)
        client.force_login(booking.person)
        url = f"{reverse('booking-change', args=[booking.reference])}?drop=impossible"
        shown = client.get(url).context
        sent: dict[str, Any] = {"people": 1, "note": ""}
        for form in [shown["times"].management_form, *shown["times"].forms]:
            for bound in form:
                value = bound.value()
                if value is not False and value is not None:
                    sent[bound.html_name] = "on" if value is True else value

        answer = client.post(url, sent)

        assert answer.status_code == 302
        assert [one.interval for one in booking.allocations.confirmed()] == [MORNING]

    def test_once_begun_it_can_be_given_back(self, client: Client, frozen: Traveller) -> None:
        booking = booked(MORNING, NEXT_DAY)
        make_closure(booking.site, NEXT_DAY)
        frozen.move_to(at(TUESDAY, "10:00"))
        client.force_login(reads_english(booking.person))
        url = f"{reverse('booking-give-back', args=[booking.reference])}?drop=impossible"

        page = client.get(booking.get_absolute_url()).content.decode()
        form = client.get(url).context["form"]

        assert url in page
        assert len(form.initial["times"]) == 1
        assert form.initial["times"][0].startswith("2026-11-25")
        assert [words.endswith("(no longer possible)") for _value, words in
                form.fields["times"].choices] == [False, True]  # fmt: skip


def test_a_change_page_says_that_it_is_still_impossible(client: Client) -> None:
    booking = booked()
    make_closure(booking.site, MORNING)
    client.force_login(reads_english(booking.person))
    url = reverse("booking-change", args=[booking.reference])
    shown = client.get(url).context["times"]
    sent = {"people": 1, "note": "Hello"} | {
        bound.html_name: bound.value()
        for form in [shown.management_form, *shown.forms]
        for bound in form
        if bound.value() not in (None, False)
    }

    page = client.post(url, sent, follow=True).content.decode()

    assert "can still not be had" in page
    assert "A new confirmation" not in page


class TestTheSite:
    def test_is_told_of_all_in_one_mail_to_each_who_runs_it(
        self, team: Client, run_tasks: RunTasks
    ) -> None:
        site = make_site(name="La Fabrique")
        make_manager(make_site())
        first = make_manager(site, email="paul@maillage.example")
        reads_english(make_manager(site, email="ann@maillage.example"))
        met = [told(booked(site=site), run_tasks) for _number in range(2)]
        untouched = told(booked(NEXT_DAY, site=site), run_tasks)

        save_closed(team, site)
        run_tasks()
        found = {sent.to[0]: sent for sent in mail.outbox}
        french, english = found[first.email], found["ann@maillage.example"]

        assert len(mail.outbox) == 4
        assert plain(french.subject) == "2 réservations plus possibles : La Fabrique"
        assert english.subject == "2 bookings no longer possible: La Fabrique"
        for one in met:
            assert f"{one.reference} – {one.person}" in english.body
            assert one.get_absolute_url() in english.body
        assert "Tuesday 24 November" in english.body
        assert untouched.reference not in english.body

    def test_is_not_told_of_what_was_mended_meanwhile(
        self, team: Client, run_tasks: RunTasks
    ) -> None:
        booking = told(booked(), run_tasks)
        make_manager(booking.site)
        save_closed(team, booking.site)

        Closure.objects.all().delete()
        run_tasks()

        assert mail.outbox == []


def test_a_closure_taken_away_is_told_as_well(team: Client, run_tasks: RunTasks) -> None:
    booking = booked()
    save_closed(team, booking.site)
    told(booking, run_tasks)
    url = reverse("admin:sites_site_change", args=[booking.site.pk])
    fields: dict[str, Any] = {}
    for name, value in site_fields(team.get(url)).items():
        if name.startswith("closures-") and name.endswith("_at"):
            local = value.astimezone(booking.site.zone)
            fields |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M}"}
        else:
            fields[name] = value

    assert team.post(url, fields | {"closures-0-DELETE": "on"}).status_code == 302
    run_tasks()
    (sent,) = mail.outbox

    assert sent.subject.startswith("Réservation maintenue")


class TestOnceBegun:
    def test_a_mail_offers_only_what_can_still_be_done(
        self, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        booking = told(booked(MORNING, NEXT_DAY), run_tasks)
        frozen.move_to(now := at(TUESDAY, "10:05"))

        give_back(booking=booking, by=booking.person, now=now, times=[MORNING])
        run_tasks()

        for sent in mail.outbox:
            assert "jusqu’au début" not in sent.body
            assert "modifier" not in sent.body
        assert "Vous pouvez rendre le temps restant" in mail.outbox[0].body

    def test_a_mail_of_what_is_given_back_whole_offers_nothing(
        self, run_tasks: RunTasks, frozen: Traveller
    ) -> None:
        booking = told(booked(), run_tasks)
        frozen.move_to(now := at(TUESDAY, "10:05"))

        give_back(booking=booking, by=booking.person, now=now)
        run_tasks()

        assert "Un imprévu" not in mail.outbox[0].body
