"""Whatever an employer reads of its people holds days: no time of day, no unit, no space."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.utils import translation

from billing.models import CancellationPolicy
from network.models import Organisation, User
from sites.models import Unit
from subscriptions.models import OnAccount
from subscriptions.usage.lines import used_in
from tests.api.calls import program_of
from tests.billing.pages.reading import words_of
from tests.factories import make_user
from tests.subscriptions.employers import make_employer
from tests.subscriptions.usage.used import (
    DAYS,
    NOVEMBER,
    employee,
    gives_up,
    make_spaces,
    morning,
    whole_day,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LANGUAGES = ("en", "fr", "de")
#: "08:00", "8:00", "9 h", "12 h 30", "9h30", "9 Uhr"; and of what is told by machines "T08".
TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d|\b\d{1,2}\s?h(?:\s?\d\d)?\b|\d\s?Uhr|\dT\d\d")
UNIT, SPACE = "Poste-Zinnia", "Grande verrière"
PAGES = [
    "/employer/{pk}/",
    "/employer/{pk}/usage/",
    "/employer/{pk}/usage/?month=2026-11&page=1",
    "/employer/{pk}/people/",
    "/employer/{pk}/teams/",
    "/employer/{pk}/approvals/",
    "/manage/statements/{pk}/owed/2026-11/",
]
FILES = [
    "/employer/{pk}/usage/2026-11/usage.csv",
    "/employer/{pk}/usage/2026-11/usage.xlsx",
    "/employer/{pk}/usage/everything.zip",
    "/manage/statements/{pk}/owed/2026-11/statement.csv",
]


@pytest.fixture
def boss() -> User:
    return make_user()


@pytest.fixture
def adira(boss: User) -> Organisation:
    """Make an employer whose people booked mornings and days, and gave one up late."""
    CancellationPolicy.objects.create(kind="desk", free_hours=72, late_percent=50)
    employer, (ruche, ville) = make_employer(boss, "Adira"), make_spaces()
    ada, bob = employee(employer, "Ada", "Ventes", "V-1"), employee(employer, "Bob")
    morning(ada, ruche, DAYS[0])
    whole_day(bob, ville, DAYS[1])
    gives_up(bob, morning(bob, ruche, DAYS[2]))
    for unit in Unit.objects.all():
        Unit.objects.filter(pk=unit.pk).update(label=f"{UNIT} {unit.pk}")
    return employer


def texts(answer: bytes) -> Iterator[str]:
    """Yield what a file says: of one that is packed what each within says."""
    if not answer.startswith(b"PK"):
        yield answer.decode()
        return
    with zipfile.ZipFile(BytesIO(answer)) as packed:
        for name in packed.namelist():
            # When a workbook was made is nobody's presence.
            if name != "docProps/core.xml":
                yield from texts(packed.read(name))


def refuse_hours(text: str) -> None:
    assert TIME_OF_DAY.findall(text) == []
    assert UNIT not in text
    assert SPACE not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_tells_hours_or_units(
    client: Client, adira: Organisation, boss: User, language: str
) -> None:
    User.objects.filter(pk=boss.pk).update(language=language)
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")

    for path in PAGES:
        answer = client.get(path.format(pk=adira.pk), headers={"Accept-Language": language})
        assert answer.status_code == 200, path
        refuse_hours(words_of(answer))


def test_no_file_tells_hours_or_units(client: Client, adira: Organisation, boss: User) -> None:
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")

    for path in FILES:
        answer = client.get(path.format(pk=adira.pk))
        assert answer.status_code == 200, path
        for text in texts(answer.content):
            refuse_hours(text)


def test_no_answer_of_the_api_tells_hours_or_units(adira: Organisation, boss: User) -> None:
    for path in (f"/usage?organisation={adira.pk}", "/subscriptions", "/me"):
        answer = program_of(boss).get(path)
        assert answer.status_code == 200
        refuse_hours(answer.content.decode())


def test_no_row_that_is_kept_or_read_tells_hours_or_units(adira: Organisation) -> None:
    kept = {field.name for field in OnAccount._meta.get_fields()}
    assert kept == {"id", "subject", "organisation", "person", "team", "cost_centre", "made_at"}
    with translation.override("en"):
        read = [repr(one) for one in used_in(adira, NOVEMBER)]
    assert read
    for one in read:
        refuse_hours(one)
        assert "datetime.datetime" not in one


def test_asking_for_hours_gives_none(client: Client, adira: Organisation, boss: User) -> None:
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    program = program_of(boss)

    asked = {"hours": "1", "by": "hour", "unit": "1"}

    refuse_hours(words_of(client.get(f"/employer/{adira.pk}/usage/", asked)))
    for name in asked:
        answer = program.get("/usage", organisation=adira.pk, **{name: asked[name]})
        assert answer.status_code == 422


@pytest.mark.parametrize("words", ["à 9 h", "12 h 30", "08:00", "um 9 Uhr", "2026-11-24T08:00"])
def test_what_looks_for_hours_finds_them(words: str) -> None:
    with pytest.raises(AssertionError):
        refuse_hours(words)
