"""A session that cannot be kept is "try again" where the database is at fault, else it ended."""

from unittest import mock

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from config.sessions import SessionStore
from tests.factories import make_space

pytestmark = pytest.mark.django_db
AWAY = OperationalError("terminating connection due to administrator command")
IN_THE_MORNING = "2026-11-24T09:00+01:00/2026-11-24T12:00+01:00"


def begun_session() -> SessionStore:
    session = SessionStore()
    session["typed"] = "mardi"
    session.create()
    return session


def test_kept_it_is_there_for_the_next_request() -> None:
    session = begun_session()
    session["typed"] = "jeudi"

    session.save()

    assert SessionStore(session.session_key)["typed"] == "jeudi"


def test_a_database_that_is_away_is_not_taken_for_a_session_that_has_ended() -> None:
    session = begun_session()

    with mock.patch.object(Session, "save", side_effect=AWAY), pytest.raises(OperationalError):
        session.save()


def test_a_session_that_has_ended_meanwhile_stays_ended() -> None:
    session = begun_session()
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()


@pytest.mark.usefixtures("frozen")
def test_a_page_whose_session_cannot_be_kept_is_answered_by_try_again(client: Client) -> None:
    space = make_space()
    client.raise_request_exception = False
    form = {"at": IN_THE_MORNING, "people": "1", "note": "", "email": "lea@maillage.example"}

    held = client.post(f"/book/{space.pk}/", form)
    with mock.patch.object(Session, "save", side_effect=AWAY):
        answer = client.post(f"/book/{space.pk}/", form | {"note": "Près de la fenêtre"})

    assert held.status_code == 302
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
