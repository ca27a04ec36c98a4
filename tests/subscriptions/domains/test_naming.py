"""A domain has one form, however it is written; where anybody has an address is nobody's own."""

import pytest

from subscriptions.domains.naming import domain_named, domain_of
from subscriptions.errors import DomainRefused


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("adira.example", "adira.example"),
        (" @Adira.EXAMPLE. ", "adira.example"),
        ("mairie-sélestat.fr", "xn--mairie-slestat-ikb.fr"),
        ("MAIRIE-SE\u0301LESTAT.fr", "xn--mairie-slestat-ikb.fr"),
        ("xn--mairie-slestat-ikb.fr", "xn--mairie-slestat-ikb.fr"),
        ("a.b.adira.example", "a.b.adira.example"),
    ],
)
def test_spellings_of_a_domain_have_one_form(typed: str, name: str) -> None:
    assert domain_named(typed) == name


@pytest.mark.parametrize(
    "typed",
    ["", "adira", "claire@adira.example", "adira .example", "https://adira.example", "1.2.3.4"]
    + ["-adira.example", "adira..example", "аdira.example", "x" * 64 + ".fr", "a.fr/../b"],
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(DomainRefused, match="not a domain|pas un domaine"):
        domain_named(typed)


@pytest.mark.parametrize("typed", ["gmail.com", "Orange.FR", "@laposte.net", "web.de", "evc.net"])
def test_where_anybody_has_an_address_is_nobody_s_own(typed: str) -> None:
    with pytest.raises(DomainRefused) as refused:
        domain_named(typed)

    assert domain_of(f"x@{typed.lower().removeprefix('@')}") in str(refused.value.message)
