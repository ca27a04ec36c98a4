"""Who runs an employer says its domains, publishes their proof and has it looked up."""

from typing import Any

import pytest
from django.test import Client

from network.models import Membership, Organisation
from subscriptions.models import Domain
from tests.billing.pages.reading import page, signed_in, words_of
from tests.factories import NOW, make_user
from tests.subscriptions.domains.dns_server import FAILS, Zone
from tests.subscriptions.domains.owned import make_domain, make_proved
from tests.subscriptions.employers import make_employer, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def domains_of(employer: Organisation, path: str = "") -> str:
    """Return the address of a page of an employer's domains."""
    return f"/employer/{employer.pk}/domains/{path}"


def added(client: Client, employer: Organisation, name: str) -> Any:
    return client.post(domains_of(employer), {"name": name}, follow=True)


def test_from_saying_a_domain_to_its_proof(
    client: Client, employer: Organisation, zone: Zone
) -> None:
    told = words_of(added(client, employer, "@Adira.example"))

    row = Domain.objects.get()
    assert "Waiting for its proof" in told
    assert f"Name: adira.example Type: TXT Value: {row.proof}" in told
    assert row.proof.startswith("maillage-verification=")
    check = domains_of(employer, f"check-{row.pk}/")
    assert "The text is not there yet." in words_of(client.post(check, follow=True))
    zone.texts["adira.example"] = [row.proof]
    told = words_of(client.post(check, follow=True))
    assert "Found: adira.example is yours." in told
    assert "Proved on 23 November 2026" in told
    assert row.proof not in told


def test_two_domains_have_two_proofs(client: Client, employer: Organisation) -> None:
    added(client, employer, "a.example")
    added(client, employer, "b.example")

    assert len(set(Domain.objects.values_list("proof", flat=True))) == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gmail.com", "Anybody can have an address at gmail.com"),
        ("claire@adira.example", "This is not a domain"),
        ("mine.example", "This domain is there already."),
        ("theirs.example", "Another employer has proved this domain."),
        ("", "An answer is missing here"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: Client, employer: Organisation, name: str, words: str
) -> None:
    make_domain(employer, "mine.example")
    make_proved(make_employer(), "theirs.example")

    answer = added(client, employer, name)

    assert answer.status_code == 409
    assert words in words_of(answer)
    assert Domain.objects.filter(organisation=employer).count() == 1


def test_what_another_one_only_says_or_has_lost_can_be_said(
    client: Client, employer: Organisation
) -> None:
    other = make_employer()
    make_domain(other, "said.example")
    make_proved(other, "lost.example", lost_at=NOW)

    added(client, employer, "said.example")
    added(client, employer, "lost.example")

    assert Domain.objects.filter(organisation=employer).count() == 2


def test_there_is_a_bound_to_how_many(client: Client, employer: Organisation) -> None:
    for number in range(20):
        make_domain(employer, f"d{number}.example")

    assert "20 domains at most" in words_of(added(client, employer, "one-more.example"))


def test_a_dns_without_an_answer_is_told(
    client: Client, employer: Organisation, zone: Zone
) -> None:
    row = make_domain(employer)
    zone.texts[row.name] = FAILS

    answer = client.post(domains_of(employer, f"check-{row.pk}/"), follow=True)

    assert "The DNS does not answer for adira.example" in words_of(answer)


def test_a_lost_domain_says_since_when_and_what_to_publish(
    client: Client, employer: Organisation
) -> None:
    row = make_proved(employer, lost_at=NOW)

    told = page(client, domains_of(employer))

    assert "Lost on 23 November 2026" in told
    assert row.proof in told


def test_a_domain_is_deleted(client: Client, employer: Organisation) -> None:
    row = make_proved(employer)

    client.post(domains_of(employer, f"{row.pk}/delete/"))

    assert not Domain.objects.exists()


@pytest.mark.parametrize("who", ["member", "runs another"])
def test_nobody_else_reads_or_writes_them(client: Client, zone: Zone, who: str) -> None:
    employer, person = make_employer(), make_user()
    row = make_domain(employer)
    if who == "member":
        runs(person, employer, Membership.Role.MEMBER)
    else:
        runs(person, make_employer())
    signed_in(client, person)

    for path in ("", f"check-{row.pk}/", f"{row.pk}/delete/"):
        assert client.post(domains_of(employer, path), {"name": "a.fr"}).status_code == 404
    assert client.get(domains_of(employer)).status_code == 404
    assert zone.asked == []
    assert Domain.objects.count() == 1


def test_a_domain_of_another_employer_is_not_reached_by_ones_own(
    client: Client, employer: Organisation, zone: Zone
) -> None:
    other = make_domain(make_employer())

    assert client.post(domains_of(employer, f"check-{other.pk}/")).status_code == 404
    assert client.post(domains_of(employer, f"{other.pk}/delete/")).status_code == 404
    assert zone.asked == []
