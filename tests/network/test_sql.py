"""A query compiled once answers as the ORM does, on either engine, whatever is asked of it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, FloatField, QuerySet
from django.test.utils import CaptureQueriesContext

from network.insertions import Insertion, NextKey, insert
from network.models import ApiToken, User
from network.sql import Among, Given, kept, together
from sites.models import Closure, OpeningHours, Site
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_commune,
    make_site,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "joined_at", "name", "is_active", "home_commune__name")


@kept
def joined_since(with_names: bool) -> QuerySet[User, tuple[Any, ...]]:
    people = User.objects.filter(joined_at__gte=Given("since", DateTimeField()))
    if with_names:
        people = people.filter(Among("name", "names", CharField()))
    return people.order_by("pk").values_list(*COLUMNS)


def people_by_orm(since: datetime, names: Iterable[str] | None) -> list[tuple[Any, ...]]:
    people = User.objects.filter(joined_at__gte=since)
    if names is not None:
        people = people.filter(name__in=names)
    return list(people.order_by("pk").values_list(*COLUMNS))


@pytest.fixture
def people() -> list[User]:
    commune = make_commune('L\'Île % de "Villé"')
    return [
        make_user(name=name, home_commune=home, joined_at=NOW + timedelta(seconds=number / 3))
        for number, (name, home) in enumerate(
            [("O'Brien", commune), ("100 %", None), ('"Œuf"', commune), ("", None), ("%s", None)]
        )
    ]


@pytest.mark.parametrize(
    "names",
    [None, [], ["O'Brien"], ["100 %", "%s", "nobody"], ['"Œuf"', ""], ("%s",), {"": 1, "%s": 2}],
)
@pytest.mark.parametrize("later_s", [-1, 0, 0.4, 1, 9])
def test_rows_are_those_of_the_orm(
    people: list[User], names: Iterable[str] | None, later_s: float
) -> None:
    since = NOW + timedelta(seconds=later_s)
    told = {} if names is None else {"names": names}

    found = joined_since(names is not None).read(since=since, **told)

    assert found == people_by_orm(since, names)


@kept
def sites_among() -> QuerySet[Site]:
    north = models.Q(latitude__gt=Given("south", FloatField()))
    return Site.objects.filter(north, Among("pk", "keys", BigIntegerField())).order_by("pk")


@pytest.mark.parametrize("number", [0, 1, 3, 1200])
def test_a_list_may_be_of_any_length(number: int) -> None:
    made = [make_site(latitude=48.5 + index / 8).pk for index in range(3)]
    keys = [*made[:number], *range(10**9, 10**9 + number - 3)]

    found = sites_among().read(keys=keys, south=48.6)

    assert found == list(Site.objects.filter(pk__in=keys, latitude__gt=48.6).order_by("pk"))
    assert len(found) == max(0, min(number, 3) - 1)


@kept
def closures_with_their_operator() -> QuerySet[Closure]:
    told = Closure.objects.annotate(whose=models.F("site__operator__name"))
    ends_after = models.Q(ends_at__gt=Given("after", DateTimeField()))
    return told.filter(ends_after).select_related("site").order_by("pk")


def test_a_row_knows_what_was_annotated_and_what_it_refers_to() -> None:
    site = make_site()
    make_closure(site, interval(TUESDAY, "08:00", "12:00"))

    (found,) = closures_with_their_operator().read(after=NOW)

    assert vars(found)["whose"] == site.operator.name
    assert found.site == site


@kept
def closures_with_places() -> QuerySet[Closure]:
    ends_after = models.Q(ends_at__gt=Given("after", DateTimeField()))
    return (
        Closure.objects.filter(ends_after).select_related("site__operator", "space").order_by("pk")
    )


def test_instances_come_with_their_relations_and_without_a_further_query() -> None:
    site = make_site(other_words={"de": {"description": "Haus"}})
    space = make_space(site)
    make_closure(site, interval(TUESDAY, "08:00", "09:00"))
    make_closure(site, interval(TUESDAY, "10:00", "12:00"), space=space)

    with CaptureQueriesContext(connection) as captured:
        whole, part = closures_with_places().read(after=at(TUESDAY, "08:30"))
        told = [whole.site.operator.name, whole.site.other_words, whole.space, part.space]

    assert len(captured) == 1
    assert told == [site.operator.name, {"de": {"description": "Haus"}}, None, space]
    assert (part.starts_at, part.ends_at) == (at(TUESDAY, "10:00"), at(TUESDAY, "12:00"))
    assert not part._state.adding
    assert closures_with_places().read(after=at(TUESDAY, "09:00")) == [part]


@kept
def clocks() -> QuerySet[OpeningHours, tuple[time, int]]:
    at_site = models.Q(site=Given("site", BigIntegerField()))
    return (
        OpeningHours.objects.filter(at_site).order_by("weekday").values_list("opens_at", "weekday")
    )


def test_columns_have_the_types_of_the_model_on_both_engines() -> None:
    site = make_site(hours=(("08:15", "12:00"),))

    assert clocks().read(site=site.pk)[:2] == [(time(8, 15), 0), (time(8, 15), 1)]


def test_a_shape_is_built_once_whatever_is_asked_and_however_many_ask_at_once() -> None:
    built = []

    @kept
    def counted(column: str) -> QuerySet[User, tuple[Any, ...]]:
        built.append(column)
        return User.objects.filter(name=Given("name", CharField())).values_list(column)

    make_user(name="Ada")
    for name, rows in (("Ada", 1), ("Eve", 0), ("Ada", 1)):
        assert len(counted("name").read(name=name)) == rows
    with ThreadPoolExecutor(8) as threads:
        same = set(threads.map(lambda _number: id(counted("name")), range(80)))

    assert built == ["name"]
    assert same == {id(counted("name"))}
    assert counted("email").sql != counted("name").sql


def test_it_is_read_with_what_was_told_and_nothing_is_forgotten() -> None:
    with pytest.raises(KeyError, match="since"):
        joined_since(False).read()


@kept
def first_called(name: str) -> QuerySet[User, tuple[str, int]]:
    since = models.Q(joined_at__gte=Given("since", DateTimeField()))
    return User.objects.filter(since, name=name).order_by("pk").values_list("name", "pk")


@pytest.mark.parametrize("name", ["O'Brien", "100 %", '"Œuf"', "", "%s", "%%", "a\\' OR 1=1"])
def test_a_constant_of_the_query_is_compared_with_as_it_is(people: list[User], name: str) -> None:
    make_user(name="a\\' OR 1=1", joined_at=NOW)

    found = first_called(name).read(since=NOW)

    assert found == list(User.objects.filter(name=name).order_by("pk").values_list("name", "pk"))


@pytest.mark.parametrize("home", [True, False])
def test_a_row_is_written_as_the_orm_writes_it(home: bool) -> None:
    values: dict[str, Any] = {
        "joined_at": NOW,
        "name": "O'Brien % é",
        "home_commune": make_commune() if home else None,
    }
    theirs = make_user("theirs@maillage.example", **values)
    ours = User(email="ours@maillage.example", password="!", **values)

    insert(ours)

    assert ours.pk > theirs.pk
    assert not ours._state.adding
    mine, other = (User.objects.filter(pk=one.pk).values_list().get() for one in (ours, theirs))
    names = [column.attname for column in User._meta.concrete_fields]
    different = {name for name, a, b in zip(names, mine, other, strict=True) if a != b}
    assert different == {"id", "email"}


def test_a_row_with_json_and_one_that_a_constraint_refuses() -> None:
    token = ApiToken(person=make_user(), name="x", hash="h", scopes=["a"], created_at=NOW)
    insert(token)

    assert ApiToken.objects.get().scopes == ["a"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ApiToken(person=token.person, name="y", hash="h", created_at=NOW))
    assert ApiToken.objects.get().pk == token.pk


def test_statements_asked_together_answer_as_one_by_one(people: list[User]) -> None:
    asked = [joined_since(True).asked(since=NOW, names=[one.name]) for one in people]
    nobody = joined_since(True).asked(since=NOW, names=["nobody"])

    with CaptureQueriesContext(connection) as captured:
        together(*asked, nobody)

    assert [one.rows for one in asked] == [people_by_orm(NOW, [one.name]) for one in people]
    assert nobody.rows == []
    assert len(captured) == len(people) + 1


def test_each_statement_sees_what_the_ones_before_it_did() -> None:
    before, after = (joined_since(False).asked(since=NOW) for _time in range(2))
    person = User(email="new@maillage.example", password="!", joined_at=NOW)

    together(before, Insertion(person), after)

    assert before.rows == []
    assert [row[0] for row in after.rows] == [person.pk]


def test_rows_that_name_one_another_are_written_together_with_the_key_of_the_next() -> None:
    last = make_user().pk
    key = NextKey(User)
    together(key)
    person = User(pk=key.value, email="new@maillage.example", password="!", joined_at=NOW)
    token = ApiToken(person=person, name="x", hash="h", created_at=NOW)

    insert(person, token)

    assert key.value > last
    assert ApiToken.objects.get().person == User.objects.get(email="new@maillage.example")
    assert make_user().pk > key.value


def test_after_a_row_that_is_refused_none_is_written_and_the_refusal_is_the_databases() -> None:
    person = make_user()
    first, same, other = (
        ApiToken(person=person, name="x", hash=hash_, created_at=NOW) for hash_ in "aab"
    )

    with pytest.raises(IntegrityError, match="hash"), transaction.atomic():
        insert(first, same, other)

    assert not ApiToken.objects.exists()
    assert joined_since(False).read(since=person.joined_at)


def test_a_value_that_cannot_be_told_leaves_the_connection_as_it_was() -> None:
    person = make_user(joined_at=NOW)
    right, wrong = joined_since(False).asked(since=NOW), joined_since(False).asked()

    with pytest.raises(KeyError, match="since"):
        together(right, wrong)

    assert [row[0] for row in joined_since(False).read(since=NOW)] == [person.pk]


def test_json_comes_as_the_field_reads_it() -> None:
    token = ApiToken(person=make_user(), name="x", hash="h", scopes=["é", 1], created_at=NOW)
    insert(token)

    assert tokens().read() == [token]
    assert tokens().read()[0].scopes == ["é", 1]


@kept
def tokens() -> QuerySet[ApiToken]:
    return ApiToken.objects.all()


def test_instants_come_in_utc_as_the_orm_gives_them() -> None:
    make_user(joined_at=NOW)

    ((_key, joined_at, *_rest),) = joined_since(False).read(since=NOW)

    assert (joined_at, joined_at.tzinfo) == (NOW, UTC)
