"""The administration speaks of the product, in its words and in the reader's language."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from config.administration import GROUPS
from network.models import User
from sites.models import Site, Specialisation
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def page_of(client: Client, address: str, language: str = "fr") -> str:
    return client.get(address, headers={"accept-language": language}).content.decode()


def groups_on(page: str) -> list[str]:
    main = page.partition('id="content-main"')[2]
    return re.findall(r"<caption>(.*?)</caption>", main)


@pytest.mark.parametrize(
    ("language", "groups"),
    [
        (
            "fr",
            [
                *("Réservations", "Tarifs et comptes", "Sites", "Le réseau", "Territoires"),
                *("Connexion et droits", "Tâches de fond"),
            ],
        ),
        (
            "en",
            [
                "Bookings",
                "Tariffs and accounts",
                "Sites",
                "The network",
                "Territories",
                "Sign-in and rights",
                "Background tasks",
            ],
        ),
    ],
)
def test_the_first_page_is_grouped_by_subject(
    team: Client, language: str, groups: list[str]
) -> None:
    User.objects.update(language=language)

    assert groups_on(page_of(team, "/admin/", language)) == groups


def test_places_stand_before_the_words_that_describe_them(team: Client) -> None:
    page = page_of(team, "/admin/").partition('id="content-main"')[2]

    shown = re.findall(r'href="/admin/(?:sites|network)/(\w+)/"', page)

    assert shown[:2] == ["site", "space"]
    words = ["label", "service", "equipment", "specialisation"]
    assert sorted(shown[2 : shown.index("user")]) == sorted(words)
    assert shown[shown.index("user") + 1] == "organisation"


def test_somebody_sees_only_groups_that_hold_something_for_them(client: Client) -> None:
    client.force_login(make_user("staff@maillage.example", is_staff=True))

    page = page_of(client, "/admin/")

    assert groups_on(page) == []
    assert "Vous ne pouvez rien faire ici." in page


@pytest.mark.parametrize("label", ["network", "sites", "bookings", "django_tasks_database"])
def test_a_page_of_one_package_has_its_groups_alone(team: Client, label: str) -> None:
    page = page_of(team, f"/admin/{label}/").partition('id="content-main"')[2]

    assert set(re.findall(r'href="/admin/(\w+)/\w+/"', page)) == {label}


def test_a_page_of_one_package_is_headed_by_its_groups_name(team: Client) -> None:
    page = page_of(team, "/admin/network/")

    assert "<h1>Administration\u00a0: Le réseau</h1>" in page


@pytest.mark.parametrize("label", sorted({model._meta.app_label for model in MODELS}))
def test_the_trail_to_a_list_names_a_package_as_the_first_page_does(label: str) -> None:
    assert apps.get_app_config(label).verbose_name == GROUPS[label]


def test_one_word_names_specialities_and_one_a_persons_work_situation() -> None:
    speciality = Site._meta.get_field("specialisations")
    status = User._meta.get_field("status")

    with translation.override("fr"):
        words = [Specialisation._meta.verbose_name_plural, speciality.verbose_name]
        assert [str(word) for word in words] == ["spécialités", "spécialités"]
        assert str(status.verbose_name) == "situation professionnelle"


def test_every_list_has_a_group() -> None:
    assert {model._meta.app_label for model in MODELS} <= set(GROUPS)


def words_of(model: type[models.Model]) -> list[Any]:
    """Return what the administration calls a model, its fields and its columns."""
    meta, seen_by = model._meta, admin.site._registry[model]
    fields = [one for one in meta.get_fields() if isinstance(one, models.Field)]
    columns = [getattr(seen_by, str(name), None) for name in seen_by.list_display]
    told = [getattr(column, "short_description", None) for column in columns]
    acts = [getattr(seen_by, str(name), None) for name in seen_by.actions or ()]
    told += [getattr(act, "short_description", None) for act in acts]
    words = [meta.verbose_name, meta.verbose_name_plural, *told]
    return [*words, *(one.verbose_name for one in fields if is_in_a_form(one))]


def is_in_a_form(field: models.Field[Any, Any]) -> bool:
    through = getattr(field.remote_field, "through", None)
    is_own = through is None or through._meta.auto_created
    return bool(field.editable and not field.primary_key and is_own)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_and_fields_have_names_that_are_translated(model: type[models.Model]) -> None:
    # What Django makes of a variable's name is a plain text; a message is not.
    assert [word for word in words_of(model) if isinstance(word, str)] == []


@pytest.mark.parametrize("name", ["status", "enqueued_at", "started_at", "finished_at"])
def test_what_a_library_calls_its_fields_is_french_too(name: str) -> None:
    (field,) = (one for one in DBTaskResult._meta.fields if one.name == name)

    with translation.override("en"):
        english = str(field.verbose_name)
    with translation.override("fr"):
        assert str(field.verbose_name) != english


def test_a_list_is_headed_by_what_it_lists(team: Client) -> None:
    page = page_of(team, "/admin/django_tasks_database/dbtaskresult/")

    assert "<h1>Tâches de fond</h1>" in page
    assert not re.search(r"Task|[Pp]riority|queue name", page.partition("<main")[2])


def test_a_task_is_told_in_words_without_what_it_carries(team: Client) -> None:
    task = DBTaskResult.objects.create(
        task_path="bookings.messages.tasks.send_booking_mail",
        args_kwargs={"args": ["hunter2"], "kwargs": {}},
        run_after="2026-11-23T10:00:00Z",
        backend_name="default",
        traceback="hunter2",
        exception_class_path="",
    )

    in_list = page_of(team, "/admin/django_tasks_database/dbtaskresult/")
    alone = page_of(team, f"/admin/django_tasks_database/dbtaskresult/{task.pk}/change/")

    for page in (in_list, alone):
        assert "courriel d’une réservation" in page
        assert "À faire" in page
        assert "hunter2" not in page


def test_the_search_of_tasks_finds_a_kind_of_failure(team: Client) -> None:
    for name in ("smtplib.SMTPException", "builtins.KeyError"):
        DBTaskResult.objects.create(
            task_path="network.jobs.tasks.send_email",
            args_kwargs={},
            run_after="2026-11-23T10:00:00Z",
            backend_name="default",
            exception_class_path=name,
        )

    page = page_of(team, "/admin/django_tasks_database/dbtaskresult/?q=SMTP")

    assert "smtplib.SMTPException" in page
    assert "builtins.KeyError" not in page


def test_nobody_but_staff_sees_it(client: Client) -> None:
    client.force_login(make_user())

    assert client.get("/admin/").status_code == 302


def test_the_frame_speaks_french_that_fits_every_gender(team: Client) -> None:
    listed = page_of(team, "/admin/network/organisation/")
    added = page_of(team, "/admin/network/organisation/add/")
    rows = page_of(team, "/admin/sites/site/add/")
    person = page_of(team, "/admin/network/user/add/")

    assert "Ajouter\u00a0: organisation" in listed
    assert "<h1>Ajouter\u00a0: organisation</h1>" in added
    assert "Ajouter une ligne\\u00a0: Heures" in rows or "Ajouter une ligne\u00a0: Heures" in rows
    assert "A tous les droits" in person
    assert "super-utilisateur" not in person
