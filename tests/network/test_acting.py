"""As whom a person looks at the pages: themselves, or an organisation in one of its capacities."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.capacities import set_capacities
from network.models import Membership, Organisation, User
from tests.factories import make_organisation, make_user, reads_english

pytestmark = pytest.mark.django_db
HOME = "/privacy/"


@pytest.fixture
def person() -> User:
    return reads_english(make_user("ada@maillage.example", name="Ada"))


@pytest.fixture
def commune(person: User) -> Organisation:
    """Make a commune of three capacities of which the person is administrator."""
    commune = make_organisation("Commune de Villé", "operator", "employer", "collectivity")
    Membership.objects.create(person=person, organisation=commune, role="administrator")
    return commune


@pytest.fixture
def browser(client: Client, person: User, commune: Organisation) -> Client:
    client.force_login(person)
    return client


def choose(client: Client, organisation: Organisation, kind: str, **more: str) -> Any:
    code = f"{organisation.pk}:{kind}"
    return client.post("/account/acting/", {"acting": code, "next": HOME} | more, follow=True)


def look(client: Client, path: str = HOME) -> str:
    return client.get(path).content.decode()


def told(client: Client, path: str = HOME) -> str | None:
    """Return as whom the page says that it is seen."""
    acting = client.get(path).context["looking"].acting
    return None if acting is None else str(acting)


def test_everybody_begins_as_themselves(browser: Client) -> None:
    assert told(browser) is None
    assert 'class="acting"' not in look(browser)


def test_a_choice_is_shown_on_every_page_and_leads_back_to_the_page(
    browser: Client, commune: Organisation
) -> None:
    answer = choose(browser, commune, "employer")

    assert answer.redirect_chain == [(HOME, 302)]
    assert "You see the pages as Commune de Villé – Employer." in answer.content.decode()
    assert told(browser, "/account/") == "Commune de Villé – Employer"
    assert "<strong>Commune de Villé – Employer</strong>" in look(browser)


def test_the_menu_offers_every_capacity_in_one_form_without_script(
    browser: Client, commune: Organisation
) -> None:
    page = look(browser)

    for kind in ("operator", "employer", "collectivity"):
        assert f'value="{commune.pk}:{kind}"' in page
    assert page.count('class="switcher"') == 2, "once on wide screens, once behind the menu"


def test_the_chosen_button_says_so(browser: Client, commune: Organisation) -> None:
    choose(browser, commune, "operator")

    page = " ".join(look(browser).split())

    assert f'value="{commune.pk}:operator" aria-current="true"' in page
    assert 'value="" aria-current="true"' not in page


def test_one_goes_back_to_oneself(browser: Client, commune: Organisation) -> None:
    choose(browser, commune, "operator")

    answer = browser.post("/account/acting/", {"acting": "", "next": HOME}, follow=True)

    assert "You see the pages as yourself." in answer.content.decode()
    assert told(browser) is None


def test_two_tabs_share_one_choice(browser: Client, commune: Organisation) -> None:
    choose(browser, commune, "operator")
    choose(browser, commune, "collectivity")

    assert (
        told(browser, "/account/") == told(browser, HOME) == "Commune de Villé – Public authority"
    )


@pytest.mark.parametrize("code", ["0:operator", "x", "1:", ":operator", "1:king", "é" * 500])
def test_a_tampered_value_is_refused_and_changes_nothing(
    browser: Client, commune: Organisation, code: str
) -> None:
    choose(browser, commune, "employer")

    answer = browser.post("/account/acting/", {"acting": code, "next": HOME}, follow=True)

    assert "You do not belong to this organisation" in answer.content.decode()
    assert told(browser) == "Commune de Villé – Employer"


def test_a_capacity_that_the_organisation_has_not_is_refused(
    browser: Client, commune: Organisation
) -> None:
    choose(browser, commune, "network_team")

    assert told(browser) is None


def test_nobody_looks_as_an_organisation_of_others(browser: Client) -> None:
    others = make_organisation("Others", "operator")
    Membership.objects.create(person=make_user(), organisation=others, role="administrator")

    choose(browser, others, "operator")

    assert told(browser) is None
    assert "Others" not in look(browser)


def test_a_membership_that_ends_switches_back_at_the_next_page(
    browser: Client, commune: Organisation
) -> None:
    choose(browser, commune, "operator")

    commune.memberships.all().delete()

    assert "You no longer belong to this organisation" in look(browser)
    assert told(browser) is None
    assert "acting" not in browser.session


def test_a_membership_that_comes_again_is_not_chosen_by_itself(
    browser: Client, person: User, commune: Organisation
) -> None:
    choose(browser, commune, "operator")
    commune.memberships.all().delete()
    look(browser)

    Membership.objects.create(person=person, organisation=commune)

    assert told(browser) is None


def test_a_capacity_that_ends_switches_back(browser: Client, commune: Organisation) -> None:
    choose(browser, commune, "operator")

    set_capacities(organisation=commune, kinds=["employer"], by=make_user())

    assert told(browser) is None


def test_a_choice_made_up_in_the_session_is_worth_nothing(
    browser: Client, commune: Organisation
) -> None:
    others = make_organisation("Others", "operator")
    session = browser.session
    session["acting"] = f"{others.pk}:operator"
    session.save()

    assert told(browser) is None


def test_who_signs_in_after_somebody_else_is_themselves(
    browser: Client, commune: Organisation
) -> None:
    choose(browser, commune, "operator")
    colleague = reads_english(make_user())
    Membership.objects.create(person=colleague, organisation=commune)

    browser.force_login(colleague)

    assert told(browser) is None


def test_the_role_is_the_persons_own(browser: Client, commune: Organisation) -> None:
    Membership.objects.create(person=make_user(), organisation=commune, role="member")
    choose(browser, commune, "operator")

    acting = browser.get(HOME).context["looking"].acting

    assert acting.role == Membership.Role.ADMINISTRATOR
    assert len(browser.get(HOME).context["looking"].choices) == 3


def test_a_stranger_has_nothing_to_choose(client: Client) -> None:
    assert client.get(HOME).context["looking"] is None
    assert client.post("/account/acting/", {"acting": "1:operator"})["Location"].startswith(
        "/account/login/"
    )


def test_somebody_of_one_capacity_is_not_asked(client: Client, person: User) -> None:
    employer = make_organisation("Brasserie", "employer")
    Membership.objects.create(person=person, organisation=employer)
    client.force_login(person)

    assert 'class="switcher"' not in look(client)


def test_who_looks_as_their_last_organisation_can_go_back(
    browser: Client, commune: Organisation
) -> None:
    choose(browser, commune, "employer")

    set_capacities(organisation=commune, kinds=["employer"], by=make_user())

    assert told(browser) == "Commune de Villé – Employer"
    assert 'class="switcher"' in look(browser)


def test_it_is_switched_by_post_from_our_own_pages_only(
    browser: Client, person: User, commune: Organisation
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)

    assert browser.get("/account/acting/").status_code == 405
    assert strict.post("/account/acting/", {"acting": f"{commune.pk}:operator"}).status_code == 403


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_switching_stays_on_this_site(browser: Client, commune: Organisation, away: str) -> None:
    answer = choose(browser, commune, "operator", next=away)

    assert answer.redirect_chain == [("/account/", 302)]


def test_a_page_costs_one_query_more_however_much_there_is_to_choose(
    browser: Client, person: User, commune: Organisation
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            look(browser)
        return len(captured)

    few = queries()
    for _number in range(5):
        more = make_organisation("", "operator", "employer")
        Membership.objects.create(person=person, organisation=more)

    assert queries() == few
    choose(browser, commune, "operator")
    look(browser)
    assert queries() == few


def test_names_are_shown_as_they_are(browser: Client, person: User) -> None:
    odd = make_organisation("Vallée & <Bruche>", "employer")
    Membership.objects.create(person=person, organisation=odd)

    choose(browser, odd, "employer")

    assert "Vallée &amp; &lt;Bruche&gt; – Employer" in look(browser)


def test_who_has_been_signed_out_meanwhile_signs_in_and_is_at_a_page(
    client: Client, person: User, commune: Organisation
) -> None:
    code = f"{commune.pk}:employer"

    answer = client.post("/account/acting/", {"acting": code, "next": HOME})
    login = answer["Location"]
    client.force_login(person)

    assert login == "/account/login/?next=/account/"
    assert client.get(login, follow=True).status_code == 200
