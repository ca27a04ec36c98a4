"""Labels of others: what excludes what, versions of charters, and who may be given which."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from sites.labels import Held, first_clash, refuse_clash
from sites.models import Label, LabelVersion, Site, SiteLabel
from tests.factories import make_label, make_site
from tests.sites.forms import site_fields

JANUARY, JUNE, JULY, DECEMBER = (
    date(2026, 1, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 12, 31),
)
ONE, OTHER, THIRD = 1, 2, 3


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        (Held(ONE, JANUARY, JUNE), Held(OTHER, JULY, None), False),
        (Held(ONE, JANUARY, JULY), Held(OTHER, JULY, None), True),
        (Held(ONE, JANUARY, None), Held(OTHER, JULY, DECEMBER), True),
        (Held(ONE, JANUARY, None), Held(THIRD, JANUARY, None), False),
        (Held(ONE, JANUARY, JULY), Held(ONE, JULY, None), True),
        (Held(ONE, JANUARY, JUNE), Held(ONE, JULY, None), False),
    ],
)
def test_two_labels_clash_on_a_day_that_both_are_held(
    first: Held, second: Held, clashes: bool
) -> None:
    exclusions = {frozenset((ONE, OTHER))}

    assert (first_clash([first, second], exclusions) is not None) is clashes
    assert (first_clash([second, first], exclusions) is not None) is clashes


def hold(site: Site, label: Label, starts_on: date, ends_on: date | None = None) -> SiteLabel:
    version = label.versions.get()
    return SiteLabel.objects.create(
        site=site, version=version, starts_on=starts_on, ends_on=ends_on
    )


@pytest.mark.django_db
def test_a_site_is_not_given_what_the_label_it_holds_excludes() -> None:
    relay, house = make_label("Relais"), make_label("France services")
    relay.excludes.add(house)
    site = make_site()
    hold(site, relay, JANUARY, JUNE)
    wanted = SiteLabel(site=site, version=house.versions.get(), starts_on=JUNE)

    with pytest.raises(ValidationError) as refused:
        refuse_clash(site, [wanted])
    wanted.starts_on = JULY
    refuse_clash(site, [wanted])
    refuse_clash(make_site(), [wanted])

    assert refused.value.code == "labels_exclude"
    assert "Relais" in refused.value.messages[0]


@pytest.mark.django_db
def test_holders_keep_the_old_version_and_new_ones_are_given_the_new_one() -> None:
    label = make_label("France services")
    old = label.versions.get()
    old.given_to = JUNE
    old.save()
    new = LabelVersion.objects.create(label=label, name="2", given_from=JULY)
    held = SiteLabel(site=make_site(), version=old, starts_on=JANUARY, ends_on=DECEMBER)
    late = SiteLabel(site=make_site(), version=old, starts_on=JULY)
    fresh = SiteLabel(site=make_site(), version=new, starts_on=JULY)

    held.full_clean()
    fresh.full_clean()
    with pytest.raises(ValidationError) as refused:
        late.full_clean()

    held.save()
    assert list(held.site.labels.held_on(DECEMBER)) == [held]
    assert not held.site.labels.held_on(date(2027, 1, 1)).exists()
    assert "starts_on" in refused.value.error_dict


def rows(*held: tuple[LabelVersion, str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"labels-TOTAL_FORMS": str(len(held))}
    for number, (version, starts_on, ends_on) in enumerate(held):
        fields |= {
            f"labels-{number}-version": version.pk,
            f"labels-{number}-starts_on": starts_on,
            f"labels-{number}-ends_on": ends_on,
        }
    return fields


@pytest.mark.django_db
def test_the_administration_refuses_both_at_one_time_and_takes_one_after_the_other(
    team: Client,
) -> None:
    site = make_site()
    one = make_label("Relais").versions.get()
    other = make_label("France services", excludes=(one.label,)).versions.get()
    page = reverse("admin:sites_site_change", args=[site.pk])

    both = rows((one, "2026-01-01", ""), (other, "2026-07-01", ""))
    refused = team.post(page, site_fields(site) | both)
    after = rows((one, "2026-01-01", "2026-06-30"), (other, "2026-07-01", ""))
    taken = team.post(page, site_fields(site) | after)

    assert refused.status_code == 200
    assert "Relais" in str(refused.context["errors"])
    assert taken.status_code == 302
    assert site.labels.count() == 2


def exclude(team: Client, label: Label, *others: Label) -> Any:
    fields = {
        **{"code": label.code, "name": label.name, "owner": "State"},
        **{"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"},
    }
    chosen = [other.pk for other in others]
    return team.post(
        reverse("admin:sites_label_change", args=[label.pk]), fields | {"excludes": chosen}
    )


@pytest.mark.django_db
def test_a_label_neither_is_offered_itself_nor_excludes_itself(team: Client) -> None:
    relay, house = make_label("Relais"), make_label("France services")
    page = reverse("admin:sites_label_change", args=[relay.pk])

    offered = team.get(page).context["adminform"].form.fields["excludes"].queryset
    refused = exclude(team, relay, relay, house)
    kept = list(relay.excludes.all())
    exclude(team, relay, house)

    assert list(offered) == [house]
    assert list(refused.context["adminform"].form.errors) == ["excludes"]
    assert kept == []
    assert relay.excludes.get() == house


@pytest.mark.django_db
def test_labels_that_sites_hold_together_do_not_come_to_exclude_each_other(team: Client) -> None:
    relay, house, third = (make_label(name) for name in ("Relais", "France services", "Fabrique"))
    both, after = make_site(name="Moulin"), make_site(name="Gare")
    hold(both, relay, JANUARY)
    mended = hold(both, house, JUNE)
    hold(both, third, JANUARY)
    hold(after, relay, JANUARY, JUNE)
    hold(after, house, JULY)

    refused = exclude(team, house, relay)
    mended.delete()
    taken = exclude(team, house, relay)

    errors = refused.context["adminform"].form.errors
    assert list(errors) == ["excludes"]
    assert "Moulin" in errors["excludes"][0]
    assert "Gare" not in errors["excludes"][0]
    assert taken.status_code == 302
    assert list(house.excludes.all()) == [relay]


@pytest.mark.django_db
def test_a_new_site_is_written_with_a_label_and_not_with_two_that_exclude_each_other(
    team: Client,
) -> None:
    one = make_label("Relais").versions.get()
    other = make_label("France services", excludes=(one.label,)).versions.get()
    model = make_site()
    fields = site_fields(model, name="New", slug="new")

    refused = team.post(
        reverse("admin:sites_site_add"),
        fields | rows((one, "2026-01-01", ""), (other, "2026-07-01", "")),
    )
    taken = team.post(reverse("admin:sites_site_add"), fields | rows((one, "2026-01-01", "")))

    assert "Relais" in str(refused.context["errors"])
    assert taken.status_code == 302
    assert Site.objects.get(slug="new").labels.get().version == one
