"""No list of the administration answers a question about a secret, and no page shows one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bookings.models import Booking, CalendarFeed, IdempotentAnswer
from network.actions import create_token
from network.admin.guards import Guarded
from network.jobs.tasks import send_email
from network.models import ApiToken
from tests.bookings.bookings import booked
from tests.factories import NOW, make_space, make_user

#: What nobody may read or guess letter by letter.
SECRETS = {"password", "hash", "data", "args_kwargs", "return_value", "traceback", "session_key",
           "session_data", "key", "body", "version", "user_agent", "ip"}  # fmt: skip
WORDS = ("", "__startswith", "__exact", "__regex", "__isnull", "__contains")


def paths(model: type[Model], depth: int = 3, seen: tuple[type[Model], ...] = ()) -> Iterator[str]:
    """Return every path to a secret from `model`, over relations either way."""
    for field in model._meta.get_fields():
        if not field.is_relation and field.name in SECRETS:
            yield field.name
        target = field.related_model
        if depth and isinstance(target, type) and target not in seen:
            for rest in paths(target, depth - 1, (*seen, model)):
                name = getattr(field, "name", "") or ""
                yield f"{name}__{rest}"


def test_the_walk_finds_the_ways_that_were_open() -> None:
    """The control: the test below has something to refuse."""
    from_bookings = set(paths(booked_model()))

    assert {"person__password", "booked_by__password"} <= from_bookings
    assert "person__api_tokens__hash" in from_bookings
    assert "booked_by__authenticator__data" in from_bookings


def booked_model() -> type[Model]:
    return next(model for model in admin.site._registry if model.__name__ == "Booking")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_list_refuses_every_way_to_a_secret(model: type[Model]) -> None:
    guarded = admin.site._registry[model]
    assert isinstance(guarded, Guarded)

    ways = [f"{path}{word}" for path in paths(model) for word in WORDS]

    assert [way for way in ways if guarded.lookup_allowed(way, "a")] == []
    searched = [str(field).lstrip("=^@") for field in guarded.search_fields]
    assert not {part for field in searched for part in field.split("__")} & SECRETS
    ordered = [str(field) for field in guarded.list_display]
    assert not set(ordered) & SECRETS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "network/user/?password__startswith=!",
        "network/user/?memberships__person__password__startswith=!",
        "network/user/?api_tokens__hash__startswith=a",
        "bookings/booking/?person__password__startswith=!",
        "bookings/booking/?booked_by__password__startswith=!",
        "bookings/booking/?booked_by__authenticator__data__contains=a",
        "network/organisation/?members__password__startswith=!",
        "django_tasks_database/dbtaskresult/?args_kwargs__contains=1234",
    ],
)
def test_a_question_about_a_secret_is_a_bad_request_even_to_a_superuser(
    client: Client, query: str
) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(f"/admin/{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "network/user/?is_staff__exact=1&memberships__role__exact=manager",
        "bookings/booking/?status__exact=confirmed&starts_at__gte=2026-01-01+00%3A00%3A00%2B00%3A00",
        "network/commune/?departement__id__exact=67",
        "sites/site/?commune__departement__id__exact=67&is_active__exact=1",
        "django_tasks_database/dbtaskresult/?status__exact=READY",
    ],
)
def test_declared_filters_still_filter(client: Client, query: str) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(f"/admin/{query}").status_code == 200


def test_what_libraries_register_is_withdrawn() -> None:
    kept_out = {EmailAddress, Authenticator, UserSession, Session, ApiToken, CalendarFeed}

    assert not (kept_out | {IdempotentAnswer}) & set(admin.site._registry)


@pytest.mark.django_db
def test_no_page_of_the_administration_shows_a_secret(client: Client) -> None:
    boss = make_user(is_staff=True, is_superuser=True)
    boss.set_password("une betterave")
    boss.save()
    client.force_login(boss)
    booking = booked(make_space(), person=boss)
    expires_at = NOW + timedelta(days=1)
    token, _s = create_token(person=boss, name="t", scopes=["read"], expires_at=expires_at, now=NOW)
    mail: Any = {"subject": "Code", "body": "sesame-4711", "to": ["a@b.example"]}
    send_email.enqueue(mail)
    DBTaskResult.objects.update(traceback="sesame-4711 in a frame", return_value="sesame-4711")

    rows = [boss, booking, booking.space, booking.site, *DBTaskResult.objects.all()]
    pages = [
        client.get(reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=args))
        for row in rows
        for what, args in (("change", [row.pk]), ("changelist", []))
    ]

    assert {page.status_code for page in pages} == {200}
    for secret in ("sesame-4711", boss.password, token.hash, token.prefix):
        assert not [page for page in pages if secret in page.content.decode()]


@pytest.mark.django_db
def test_staff_are_led_to_no_page_of_a_stranger(client: Client) -> None:
    booking = booked(make_space())
    client.force_login(make_user(is_staff=True))
    kind = ContentType.objects.get_for_model(Booking)

    answer = client.get(f"/admin/r/{kind.pk}/{booking.pk}/")

    assert answer.status_code == 404
