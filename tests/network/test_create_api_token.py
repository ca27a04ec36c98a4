"""`manage.py create_api_token` gives a program its token."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from network.models import ApiToken
from tests.factories import NOW, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_api_token", *arguments, stdout=out)
    return out.getvalue()


def test_the_last_word_is_a_token_that_works() -> None:
    person = make_user("ada@maillage.example")

    words = run("ada@maillage.example", "--scope", "read", "--scope", "book").split()

    token = ApiToken.usable(words[-1], NOW)
    assert token is not None
    assert (token.person, token.scopes) == (person, ["book", "read"])


def test_days_and_name_are_kept() -> None:
    make_user("ada@maillage.example")

    run("Ada@Maillage.example", "--scope=read", "--days=7", "--name=Écran d'accueil")

    token = ApiToken.objects.get()
    assert token.expires_at is not None
    assert ((token.expires_at - NOW).days, token.name) == (7, "Écran d'accueil")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["eve@maillage.example", "--scope", "read"], "Nobody active has the e-mail eve@"),
        (["gone@maillage.example", "--scope", "read"], "Nobody active has the e-mail gone@"),
        (["ada@maillage.example", "--scope", "admin"], "admin"),
        (["ada@maillage.example"], "scope"),
        (["ada@maillage.example", "--scope", "read", "--days", "0"], "--days"),
        (["ada@maillage.example", "--scope", "read", "--days", "99999999"], "--days"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(arguments: list[str], complaint: str) -> None:
    make_user("ada@maillage.example")
    make_user("gone@maillage.example", is_active=False)

    with pytest.raises(CommandError, match=complaint):
        run(*arguments)

    assert not ApiToken.objects.exists()
