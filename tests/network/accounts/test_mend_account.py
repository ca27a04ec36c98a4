"""The network team corrects an address or closes an account, and nobody climbs by it."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from bookings.calendars.feeds import feed_of, owner_of, token_of
from network.actions import (
    AccountRefused,
    Withdrawal,
    close_account,
    correct_address,
    create_token,
    reopen_account,
    withdraw_access,
)
from network.addresses import AddressRefused
from network.models import ApiToken, User
from tests.factories import NOW, make_user
from tests.network.people import PASSWORD, code_in, mails, make_member, sign_in

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"


def allow(person: User, *permissions: str) -> User:
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def team() -> User:
    person = make_user("team@maillage.example", is_staff=True)
    return allow(person, "change_user", "view_user")


def test_a_corrected_address_is_confirmed_by_a_code_at_the_next_sign_in(team: User) -> None:
    ada = make_member("adda@maillage.example")

    correct_address(person=ada, address="Ada@Maillage.example", by=team, now=NOW)

    client = Client()
    assert sign_in(client, "ada@maillage.example")["Location"] == "/account/confirm-email/"
    client.post("/account/confirm-email/", {"code": code_in(mails()[-1])})
    assert client.session["_auth_user_id"] == str(ada.pk)
    row = EmailAddress.objects.get(user=ada)
    assert (row.email, row.verified, row.primary) == ("ada@maillage.example", True, True)


def test_both_addresses_are_told_and_the_former_one_does_not_learn_the_new(team: User) -> None:
    ada = make_member("adda@maillage.example")

    correct_address(person=ada, address="ada@maillage.example", by=team, now=NOW)

    new, former = mails()
    assert (new["to"], former["to"]) == (["ada@maillage.example"], ["adda@maillage.example"])
    assert "/account/login/" in new["body"]
    assert "ada@maillage.example" not in former["body"]


def test_a_corrected_address_ends_the_sessions_and_the_codes_under_way(team: User) -> None:
    ada = make_member("adda@maillage.example")
    signed_in, thief = Client(), Client()
    sign_in(signed_in, "adda@maillage.example")
    thief.post(RESET, {"email": "adda@maillage.example"})
    thief.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})

    correct_address(person=ada, address="ada@maillage.example", by=team, now=NOW)

    assert signed_in.get("/account/").status_code == 302
    answer = thief.post(
        f"{RESET}complete/", {"password1": "à moi maintenant", "password2": "à moi maintenant"}
    )
    assert answer.status_code == 422
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_an_address_that_is_taken_or_none_is_refused_and_nothing_changes(team: User) -> None:
    ada = make_member("ada@maillage.example")
    make_member("eve@maillage.example")

    for taken in ("EVE@maillage.example", "ada@maillage.example"):
        with pytest.raises(AccountRefused):
            correct_address(person=ada, address=taken, by=team, now=NOW)
    with pytest.raises(AddressRefused):
        correct_address(person=ada, address="eve@maıllage.example", by=team, now=NOW)

    ada.refresh_from_db()
    assert ada.email == EmailAddress.objects.get(user=ada).email == "ada@maillage.example"
    assert mails() == []


def test_a_closed_account_opens_nothing_and_opened_again_only_its_sign_in(team: User) -> None:
    ada = make_member()
    create_token(person=ada, name="x", scopes=["read"], expires_at=None, now=NOW)
    calendar = token_of(feed_of(ada))
    client = Client()
    sign_in(client)

    close_account(person=ada, by=team, now=NOW)

    assert client.get("/account/").status_code == 302
    reopen_account(person=ada, by=team)
    assert client.get("/account/").status_code == 302
    assert not ApiToken.objects.usable_at(NOW).exists()
    assert owner_of(calendar) is None
    assert sign_in(Client())["Location"] == "/"


def make_superuser() -> User:
    return make_user("boss@maillage.example", is_staff=True, is_superuser=True)


def make_administrator() -> User:
    return allow(make_user("chief@maillage.example", is_staff=True), "change_user", "add_user")


def make_of_a_strong_group() -> User:
    person = make_user("lead@maillage.example")
    group = Group.objects.create(name="Strong")
    group.permissions.set(Permission.objects.filter(codename="add_user"))
    person.groups.add(group)
    return person


def make_closed_superuser() -> User:
    return make_user("was@maillage.example", is_superuser=True, is_active=False)


@pytest.mark.parametrize(
    "make_stronger",
    [make_superuser, make_administrator, make_of_a_strong_group, make_closed_superuser],
)
def test_nobody_mends_the_account_of_somebody_stronger(
    team: User, make_stronger: Callable[[], User]
) -> None:
    stronger = make_stronger()

    with pytest.raises(AccountRefused, match="plus de droits que vous"):
        correct_address(person=stronger, address="me@maillage.example", by=team, now=NOW)
    with pytest.raises(AccountRefused, match="plus de droits que vous"):
        close_account(person=stronger, by=team, now=NOW)
    with pytest.raises(AccountRefused, match="plus de droits que vous"):
        reopen_account(person=stronger, by=team)


def test_staff_without_the_permission_and_people_themselves_mend_nothing() -> None:
    ada, staff = make_member(), make_user(is_staff=True)
    boss = make_superuser()

    for by in (staff, ada, make_user()):
        with pytest.raises(AccountRefused, match="Seule l’équipe du réseau"):
            close_account(person=ada, by=by, now=NOW)
    with pytest.raises(AccountRefused, match="votre propre compte"):
        close_account(person=boss, by=boss, now=NOW)


@pytest.mark.parametrize("lost", ["sessions", "tokens", "calendar"])
def test_each_way_in_is_withdrawn_alone(lost: str) -> None:
    ada = make_member()
    create_token(person=ada, name="x", scopes=["read"], expires_at=None, now=NOW)
    calendar = token_of(feed_of(ada))
    client = Client()
    sign_in(client)
    alone = Withdrawal(lost == "sessions", lost == "tokens", lost == "calendar")

    withdraw_access(person=ada, what=alone, now=NOW)

    left = {
        "sessions": client.get("/account/").status_code == 200,
        "tokens": ApiToken.objects.usable_at(NOW).exists(),
        "calendar": owner_of(calendar) is not None,
    }
    assert left == {"sessions": True, "tokens": True, "calendar": True} | {lost: False}


def test_the_team_corrects_and_closes_with_the_buttons_of_the_administration(team: User) -> None:
    ada = make_member()
    client = Client()
    client.force_login(team)
    change = reverse("admin:network_user_change", args=[ada.pk])
    address, close = (
        reverse(f"admin:network_user_{name}", args=[ada.pk]) for name in ("address", "close")
    )
    page = client.get(change).content.decode()
    assert address in page
    assert close in page

    refused = client.post(address, {"address": "ada@maıllage.example"})
    corrected = client.post(address, {"address": "ada.weber@maillage.example"})
    closed = client.post(close)

    assert refused.status_code == 200
    assert "peut prendre pour une autre" in refused.content.decode()
    assert corrected["Location"] == closed["Location"] == change
    ada.refresh_from_db()
    assert (ada.email, ada.is_active) == ("ada.weber@maillage.example", False)


def test_a_wrong_address_is_refused_in_plain_words(team: User) -> None:
    ada = make_member()
    client = Client()
    client.force_login(team)

    answer = client.post(reverse("admin:network_user_address", args=[ada.pk]), {"address": "x"})

    page = answer.content.decode()
    assert '<p class="errornote" id="id_address_error">' in page
    assert 'value="x"' in page
    assert "<use" not in page.partition("<form method")[2]  # an icon without its size fills all


def test_looking_at_the_page_that_closes_closes_nothing(team: User) -> None:
    ada = make_member()
    client = Client()
    client.force_login(team)

    assert client.get(reverse("admin:network_user_close", args=[ada.pk])).status_code == 200

    ada.refresh_from_db()
    assert ada.is_active


def test_the_buttons_refuse_what_the_actions_refuse(team: User) -> None:
    boss = make_superuser()
    client = Client()
    client.force_login(team)

    answer = client.post(reverse("admin:network_user_close", args=[boss.pk]))

    assert "errornote" in answer.content.decode()
    boss.refresh_from_db()
    assert boss.is_active


def test_what_was_mended_stands_in_the_history_of_the_administration(team: User) -> None:
    ada = make_member()
    client = Client()
    client.force_login(team)

    client.post(reverse("admin:network_user_close", args=[ada.pk]))

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (team, str(ada.pk))
    assert "fermé" in entry.get_change_message()


@pytest.mark.parametrize("name", ["address", "close"])
def test_staff_without_the_permission_do_not_even_read_whose_account_it_is(
    client: Client, name: str
) -> None:
    ada = make_member()
    client.force_login(make_user(is_staff=True))

    answer = client.get(reverse(f"admin:network_user_{name}", args=[ada.pk]))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["address", "close"])
def test_the_pages_are_closed_to_those_outside_the_team(client: Client, name: str) -> None:
    ada = make_member()
    client.force_login(make_user())

    answer = client.post(reverse(f"admin:network_user_{name}", args=[ada.pk]), follow=True)

    assert answer.status_code == 403
    ada.refresh_from_db()
    assert ada.is_active
