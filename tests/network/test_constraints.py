"""Promises of the database, as forms tell of them."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint
from django.test import Client
from django.urls import reverse
from django.utils import translation

from network.models import Organisation
from network.models.constraints import AtField
from sites.models import OpeningHours, Site, Space, Unit
from tests.factories import make_site, make_space
from tests.sites.forms import site_fields

OURS = ("network", "sites", "bookings")
ALL = [
    pytest.param(constraint, id=constraint.name)
    for app in OURS
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("constraint", ALL)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_constraint_has_words_and_a_code_of_its_own(
    constraint: BaseConstraint, language: str
) -> None:
    with translation.override(None):
        source = constraint.get_violation_error_message()
    with translation.override(language):
        told = constraint.get_violation_error_message()

    assert constraint.name not in source
    assert told != source
    assert constraint.violation_error_code == constraint.name


@pytest.mark.parametrize("constraint", ALL)
def test_a_refusal_stands_at_a_field_that_the_constraint_reads(constraint: BaseConstraint) -> None:
    read = repr(getattr(constraint, "fields", None) or getattr(constraint, "condition", ""))

    assert not isinstance(constraint, AtField) or re.search(rf"\b{constraint.field}(__|\b)", read)


def refused(row: Any) -> dict[str, list[str]]:
    with translation.override("fr"), pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.message_dict


@pytest.mark.django_db
def test_hours_are_refused_at_the_hour_of_closing() -> None:
    hours = OpeningHours(site=make_site(hours=()), weekday=0, opens_at="12:00", closes_at="09:00")

    assert refused(hours) == {"closes_at": ["La fermeture doit suivre l’ouverture."]}


@pytest.mark.django_db
def test_the_siret_of_another_organisation_is_refused_at_its_field() -> None:
    Organisation.objects.create(name="La Fabrique", siret="73282932000074")
    other = Organisation(name="Le Hibou", siret="73282932000074")

    assert refused(other) == {"siret": ["Une autre organisation a ce SIRET."]}


@pytest.mark.django_db
def test_the_administration_says_it_at_the_field_too(team: Client) -> None:
    Organisation.objects.create(name="La Fabrique", siret="73282932000074")
    fields = {
        **{"name": "Le Hibou", "capacity_kinds": ["operator"], "siret": "732 829 320 00074"},
        **{"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"},
    }

    answer = team.post(reverse("admin:network_organisation_add"), fields)

    assert answer.context["adminform"].form.errors == {
        "siret": ["Une autre organisation a ce SIRET."]
    }


@pytest.mark.django_db
def test_hours_of_a_sites_page_are_refused_at_the_hour_of_closing(team: Client) -> None:
    site = make_site(hours=())
    hours = {
        **{"opening_hours-TOTAL_FORMS": "2", "opening_hours-0-weekday": "0"},
        **{"opening_hours-0-opens_at": "12:00", "opening_hours-0-closes_at": "09:00"},
        **{"opening_hours-1-weekday": "1", "opening_hours-1-opens_at": "x"},
        "opening_hours-1-closes_at": "09:00",
    }

    page = reverse("admin:sites_site_change", args=[site.pk])
    answer = team.post(page, site_fields(site, **hours))

    errors = answer.context["inline_admin_formsets"][0].formset.errors
    assert errors[0] == {"closes_at": ["La fermeture doit suivre l’ouverture."]}
    assert list(errors[1]) == ["opens_at"]


@pytest.mark.django_db
def test_a_place_beyond_the_poles_is_refused_at_its_latitude() -> None:
    site: Site = make_site()
    site.latitude, site.longitude = 91, 7.3

    assert list(refused(site)) == ["latitude"]


@pytest.mark.django_db
def test_a_shortest_booking_over_the_longest_is_refused_at_the_longest() -> None:
    space: Space = make_space()
    space.min_minutes, space.max_minutes = 60, 30

    assert refused(space) == {
        "max_minutes": ["La réservation la plus longue est plus courte que la plus courte."]
    }


@pytest.mark.django_db
def test_a_second_unit_of_one_name_is_refused_at_its_name() -> None:
    space = make_space(units=1)
    unit = Unit(site=space.site, space=space, label="1")

    assert refused(unit) == {"label": ["Un autre poste de l’espace a ce nom."]}


@pytest.mark.django_db
def test_a_refused_page_leads_to_its_first_error(team: Client) -> None:
    site = make_site(hours=())
    hours = {
        **{"opening_hours-TOTAL_FORMS": "1", "opening_hours-0-weekday": "0"},
        **{"opening_hours-0-opens_at": "12:00", "opening_hours-0-closes_at": "09:00"},
    }
    page = reverse("admin:sites_site_change", args=[site.pk])

    in_a_row = team.post(page, site_fields(site, **hours)).content.decode()
    above = team.post(page, site_fields(site, postal_code="x", **hours)).content.decode()

    assert 'href="#id_opening_hours-0-closes_at"' in in_a_row
    assert 'href="#id_postal_code"' in above
