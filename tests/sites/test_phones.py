"""Telephone numbers, typed in every way, kept in one and shown as people write them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from bookings.templatetags.surroundings import phone_words
from sites.models.fields import phone_of
from sites.phones import NotAPhone, canonical, shown
from tests.factories import make_site


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("03 88 00 00 00", "+33388000000"),
        ("03.88.00.00.00", "+33388000000"),
        ("0388000000", "+33388000000"),
        ("+33 3 88 00 00 00", "+33388000000"),
        ("+33 (0)3 88 00 00 00", "+33388000000"),
        ("0033 3 88 00 00 00", "+33388000000"),
        ("03\u00a088\u202f00-00\u201100", "+33388000000"),
        ("+49 7851 12345", "+49785112345"),
        ("0049 (0)7851 / 12345", "+49785112345"),
        ("+41 61 123 45 67", "+41611234567"),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "3949", "112", "03 88 00 00", "03 88 00 00 00 0", "00 88 00 00 00"),
        *("+1 202 555 0100", "+33 0388000000", "+49 1", "03 88 00 00 OO", "٠٣٨٨٠٠٠٠٠٠", "+33"),
    ],
)
def test_what_neighbours_cannot_dial_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        canonical(typed)
    with pytest.raises(ValidationError) as refused:
        phone_of(typed)
    assert refused.value.code == "phone"


def test_french_readers_see_pairs_and_others_the_country() -> None:
    assert shown("+33388000000") == "03 88 00 00 00"
    assert shown("+33388000000", is_abroad=True) == "+33 3 88 00 00 00"
    assert shown("+41611234567") == "+41 61 123 45 67"
    assert shown("+49785112345") == "+49 785112345"
    with translation.override("fr"):
        assert phone_words("+33388000000") == "03 88 00 00 00"
    with translation.override("en"):
        assert phone_words("+33388000000") == "+33 3 88 00 00 00"


@pytest.mark.django_db
def test_a_site_keeps_the_form_of_what_was_typed() -> None:
    site = make_site(phone="03 53 01 00 11")

    site.full_clean()

    assert site.phone == "+33353010011"
