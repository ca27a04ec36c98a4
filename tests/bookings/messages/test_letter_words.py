"""How the text of a mail is laid out, to the line."""

import pytest
from django.core import mail
from django.template import Context, Template

from bookings.models import Booking
from tests.bookings.bookings import book_for
from tests.factories import (
    TUESDAY,
    interval,
    make_closure,
    make_site,
    make_space,
    make_user,
    reads_english,
)
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MORNING = interval(TUESDAY, "09:00", "12:30")
BOOKED = """Your place is booked.

Tuesday 24 November, 9:00 – 12:30

See, change or cancel:
http://localhost:8000/bookings/{reference}/

Place: La Fabrique, 1 place de la Mairie, 67220 Villé
Space: Salle bleue
Reference: {reference}
Your note: À 9 h

To get in
Door code 1234

Your plans change? You can change or cancel until the booking begins: the place will serve somebody else.

The appointment is attached to this message, for your calendar.

The Maillage network
http://localhost:8000
"""  # noqa: E501 -- a mail's paragraph is one line
MISSED = """What you booked can no longer be had.

No longer possible: Tuesday 24 November, 9:00 – 12:30
Closed at this time: Works.

Choose another time, or cancel the booking:
http://localhost:8000/bookings/{reference}/

Place: La Fabrique, 1 place de la Mairie, 67220 Villé
Space: Salle bleue
Reference: {reference}
Your note: À 9 h

To get in
Door code 1234

The appointment is attached to this message, for your calendar.

The Maillage network
http://localhost:8000
"""


def booked() -> Booking:
    person = reads_english(make_user())
    space = make_space(make_site(name="La Fabrique"), name="Salle bleue")
    return book_for(person, space, MORNING, note="À 9 h")


def text() -> str:
    (sent,) = mail.outbox
    return plain(sent.body)


def test_each_thing_to_know_has_its_paragraph(run_tasks: RunTasks) -> None:
    booking = booked()

    run_tasks()

    assert text() == BOOKED.format(reference=booking.reference)


def test_a_paragraph_that_says_nothing_leaves_no_gap(run_tasks: RunTasks) -> None:
    booking = booked()
    make_closure(booking.site, MORNING)

    run_tasks()

    assert text() == MISSED.format(reference=booking.reference)


def test_paragraphs_are_one_blank_line_apart_and_keep_their_lines() -> None:
    words = Template("{% load texts %}{% paragraphs %}\n\nA\nb\n\n  \n\nC\n{% endparagraphs %}")

    assert words.render(Context()) == "A\nb\n\nC"
