"""The DNS is asked for texts: found, none, or no answer within a bounded time."""

import time

import pytest
from pytest_django.fixtures import Settings

from subscriptions.domains.lookup import LONGEST_S, texts_of
from subscriptions.errors import LookUpFailed
from tests.subscriptions.domains.dns_server import FAILS, SILENT, Zone


def test_all_texts_of_a_domain_are_read_and_parts_of_one_put_together(zone: Zone) -> None:
    zone.texts["adira.example"] = ["v=spf1 -all", "maillage-verification=|abc"]

    assert sorted(texts_of("adira.example")) == ["maillage-verification=abc", "v=spf1 -all"]


def test_a_domain_without_texts_and_one_that_is_none_have_none(zone: Zone) -> None:
    zone.texts["adira.example"] = []

    assert texts_of("adira.example") == texts_of("nowhere.example") == []


def test_the_very_domain_is_asked_for_and_no_other(zone: Zone) -> None:
    texts_of("nowhere.example")

    assert set(zone.asked) == {"nowhere.example"}


def test_a_server_that_cannot_tell_is_no_answer(zone: Zone) -> None:
    zone.texts["adira.example"] = FAILS

    with pytest.raises(LookUpFailed):
        texts_of("adira.example")


def test_a_silent_server_is_waited_for_no_longer_than_the_bound(zone: Zone) -> None:
    zone.texts["adira.example"] = SILENT
    began = time.monotonic()

    with pytest.raises(LookUpFailed):
        texts_of("adira.example")

    assert time.monotonic() - began < LONGEST_S + 2


def test_a_port_where_nobody_answers_is_no_answer(settings: Settings) -> None:
    settings.DNS_RESOLVER = "127.0.0.1:1"

    with pytest.raises(LookUpFailed):
        texts_of("adira.example")
