"""An employer comes, registers and invites; who is invited joins."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from subscriptions.models import Employee, Invitation
from tests.billing.tariffs import make_tariffs
from tests.factories import make_user
from tests.journeys.walk import Walk
from tests.network.people import code_in, mails
from tests.subscriptions.employers import make_employer
from tests.subscriptions.people.inviting import invited

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
KeepCost = Callable[[str, Walk], None]
FIVE_MINUTES_S = 5 * 60


@pytest.mark.parametrize("script", [True, False])
def test_ten_people_are_invited_in_eight_clicks_and_five_minutes_from_landing(
    page: OpenPage, keep_cost: KeepCost, script: bool
) -> None:
    make_tariffs()
    walk = Walk(page("/", viewport="phone", script=script, locale="en-GB"))
    main = walk.page.get_by_role("main")
    walk.start()

    walk.click(walk.page.get_by_role("contentinfo").get_by_role("link", name="Tariffs"))
    walk.click(main.get_by_role("link", name="Subscriptions that open every site"))
    walk.click(main.get_by_role("link", name="register your employer"))
    walk.type("email", "odile@weber.example")
    walk.click(main.get_by_role("button", name="Send me a code"))
    walk.type("code", code_in(mails()[-1]))
    walk.click(main.locator("form").get_by_role("button", name="Sign in"))
    walk.type("name", "Boulangerie Weber")
    walk.type("siret", "732 829 320 00074")
    walk.click(main.get_by_role("button", name="Register"))
    walk.click(main.get_by_role("link", name="Invite people"))
    walk.type("addresses", "\n".join(f"person{number}@weber.example" for number in range(10)))
    walk.click(main.get_by_role("button", name="Invite", exact=True))

    expect(main).to_contain_text("10 people are invited.")
    assert Invitation.objects.count() == 10
    assert walk.clicks == 8
    assert walk.seconds < FIVE_MINUTES_S
    keep_cost(f"ten people invited, {'with' if script else 'without'} script", walk)


@pytest.mark.parametrize("script", [True, False])
def test_who_is_invited_joins_in_three_clicks(
    page: OpenPage, keep_cost: KeepCost, script: bool
) -> None:
    ada = make_user(language="en")
    invited(make_employer(ada, "Boulangerie Weber"), ada, "lea@weber.example")
    address = f"/invitation/{Invitation.objects.get().key}/"
    walk = Walk(page(address, viewport="phone", script=script, locale="en-GB"))
    main = walk.page.get_by_role("main")
    walk.start()

    walk.click(main.get_by_role("button", name="Send me a code"))
    walk.type("code", code_in(mails()[-1]))
    walk.click(main.locator("form").get_by_role("button", name="Sign in"))
    walk.click(main.get_by_role("button", name="Accept"))

    expect(main).to_contain_text("You can book on the account of Boulangerie Weber from now on.")
    person = Employee.objects.get().person
    assert person is not None
    assert person.email == "lea@weber.example"
    assert walk.clicks == 3
    keep_cost(f"invited, {'with' if script else 'without'} script", walk)
