"""Seeds of second factors and recovery codes lie encrypted in the database."""

import json
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from network.accounts.sealing import seal, unseal
from tests.factories import make_user
from tests.network.accounts.test_totp import code_now, turn_on
from tests.network.people import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SEED = "JBSWY3DPEHPK3PXP"
migration: Any = import_module("network.migrations.0007_seal_second_factors")


def test_the_database_holds_no_seed_that_can_be_read() -> None:
    make_member()
    secret = turn_on(Client())

    rows = list(Authenticator.objects.values_list("type", "data"))

    assert {kind for kind, _data in rows} == {"totp", "recovery_codes"}
    text = json.dumps(rows)
    assert secret not in text
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    assert not [code for code in codes if code in text]
    assert all(data.get("secret", data.get("seed"))[:5] == "gAAAA" for _kind, data in rows)


def test_the_same_seed_is_never_sealed_alike() -> None:
    assert seal(SEED) != seal(SEED)
    assert unseal(seal(SEED)) == SEED


def test_a_former_key_opens_until_it_is_dropped(settings: Settings) -> None:
    sealed = seal(SEED)
    former = settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [former]
    assert unseal(sealed) == SEED
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_second_factors_are_put_under_the_present_key(settings: Settings) -> None:
    TOTP.activate(make_user(), SEED)
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [former]
    out = StringIO()

    call_command("reseal", stdout=out)
    settings.SECRET_KEY_FALLBACKS = []

    assert unseal(Authenticator.objects.get().data["secret"]) == SEED
    assert out.getvalue().startswith("1 second factors")


def test_a_factor_that_no_key_opens_is_named_and_nothing_is_changed(settings: Settings) -> None:
    TOTP.activate(make_user(), SEED)
    before = Authenticator.objects.get().data
    settings.SECRET_KEY = "another"

    with pytest.raises(CommandError, match=str(Authenticator.objects.get().pk)):
        call_command("reseal")

    assert Authenticator.objects.get().data == before


def test_with_an_unknown_key_no_code_fits_and_nothing_breaks(
    settings: Settings, frozen: time_machine.Traveller
) -> None:
    make_member()
    secret = turn_on(Client())
    settings.SECRET_KEY, client = "another", Client()
    frozen.shift(60)
    sign_in(client)

    answer = client.post("/account/2fa/authenticate/", {"code": code_now(secret)})

    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_migration_seals_what_lay_open_and_takes_it_back() -> None:
    person, other = make_user(), make_user()
    open_rows = [
        {"secret": SEED},
        {"seed": "00ff", "used_mask": 3},
        {"migrated_codes": ["11112222", "33334444"]},
        {"credential": {"id": "x"}},
    ]
    kinds = ["totp", "recovery_codes", "recovery_codes", "webauthn"]
    for owner, kind, data in zip([person, person, other, person], kinds, open_rows, strict=True):
        Authenticator.objects.create(user=owner, type=kind, data=data)

    migration.encrypt(apps, None)
    sealed = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert unseal(sealed[0]["secret"]) == SEED
    assert sealed[1]["used_mask"] == 3
    assert [unseal(code) for code in sealed[2]["migrated_codes"]] == ["11112222", "33334444"]
    assert sealed[3] == open_rows[3]
    migration.decrypt(apps, None)

    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == open_rows
