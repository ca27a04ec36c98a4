"""Who buys a pass is told by one mail, in their language: what it is, and where it stands."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from time_machine import Traveller

from billing.errors import PassOver
from billing.models import Pass, VatRegime
from billing.passes.buying import buy_pass, sell_pass
from network.models import User
from tests.billing.bought import bought, make_offer, selling_site
from tests.factories import MONDAY, NOW, make_user
from tests.mails import mailbox, part, words
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NAMES: dict[str, Any] = {
    "name": "Carnet de dix",
    "other_words": {"de": {"name": "Zehnerkarte"}, "en": {"name": "Ten half-days"}},
}
FRENCH = """Carnet acheté : Carnet de dix
Le carnet est à vous : il est valable dès maintenant.

Carnet de dix

Voir le carnet :
http://localhost:8000/account/credits/{pk}/

Demi-journées : 10
Type d’espace : Poste de travail
Où l’utiliser : Tous les sites du réseau
Valable jusqu’au : 23 mai 2027
Prix : 65,00 € TTC
TVA : 20 %
Vendeur : {seller}

Ce qui n’est pas utilisé au dernier jour est perdu.

Vous ne payez rien ici : le montant figure sur votre relevé, que l’exploitant facture.

Relevé mensuel : novembre 2026
http://localhost:8000/account/statements/2026-11/

Le réseau Maillage
http://localhost:8000
"""
GERMAN = """Mehrfachkarte gekauft: Zehnerkarte
Die Mehrfachkarte gehört Ihnen: Sie gilt ab sofort.

Zehnerkarte

Mehrfachkarte ansehen:
http://localhost:8000/account/credits/{pk}/

Halbe Tage: 10
Art des Bereichs: Arbeitsplatz
Wo sie gilt: Alle Standorte des Netzes
Gültig bis: 23. Mai 2027
Preis: 65,00 € inkl. MwSt.
MwSt.: 20 %
Verkäufer: {seller}

Was bis zum letzten Tag nicht genutzt wird, verfällt.

Sie zahlen hier nichts: Der Betrag steht auf Ihrer Aufstellung, die der Betreiber in Rechnung stellt.

Aufstellung November 2026
http://localhost:8000/account/statements/2026-11/

Das Netz Maillage
http://localhost:8000
"""  # noqa: E501 -- a mail's paragraph is one line
ENGLISH = """Pass bought: Ten half-days
The pass is yours: it holds from now on.

Ten half-days

See the pass:
http://localhost:8000/account/credits/{pk}/

Half-days: 10
Kind of space: Desk
Where it holds: All sites of the network
Valid through: 23 May 2027
Price: €65.00 VAT included
VAT: 20%
Seller: {seller}

What is not used by the last day is lost.

You pay nothing here: it stands on your statement, which the operator invoices.

Statement of November 2026
http://localhost:8000/account/statements/2026-11/

The Maillage network
http://localhost:8000
"""
IN_EACH = pytest.mark.parametrize(
    ("language", "told"),
    [("fr", FRENCH), ("de", GERMAN), ("en", ENGLISH)],
    ids=["fr", "de", "en"],
)


def buyer(language: str = "en") -> User:
    return make_user("ada@maillage.example", language=language)


def lines_of_page(message: EmailMessage) -> str:
    """Return the words of a mail's HTML, one space between."""
    body = part(message, "text/html").partition("<body")[2].partition(">")[2]
    return plain(" ".join(unescape(strip_tags(body)).split()))


@IN_EACH
def test_the_text_tells_what_was_bought_from_whom_and_where_it_is_owed(
    run_tasks: RunTasks, language: str, told: str
) -> None:
    mine = bought(buyer(language), site=selling_site("La Fabrique"), **NAMES)

    run_tasks()

    (sent,) = mailbox()
    assert sent["To"] == "ada@maillage.example"
    assert plain(words(sent)) == told.format(pk=mine.pk, seller=mine.operator.name)


@IN_EACH
def test_the_page_tells_all_that_the_text_does(
    run_tasks: RunTasks, language: str, told: str
) -> None:
    mine = bought(buyer(language), site=selling_site("La Fabrique"), **NAMES)

    run_tasks()

    (sent,) = mailbox()
    page = part(sent, "text/html")
    _subject, *said, _network, _home, _end = told.format(
        pk=mine.pk, seller=mine.operator.name
    ).split("\n")
    for line in filter(None, said):
        where = page if line.startswith("http") else lines_of_page(sent)
        assert line.removesuffix(":").rstrip() in where
    assert f'lang="{language}"' in page


def test_a_site_s_name_is_marked_in_the_page_alone(run_tasks: RunTasks) -> None:
    bought(buyer("de"), site=selling_site("L’<Étage>"), is_of_one_site=True, **NAMES)

    run_tasks()

    (sent,) = mailbox()
    assert "Wo sie gilt: L’<Étage>\n" in words(sent)
    assert '<span lang="fr">L’&lt;Étage&gt;</span>' in part(sent, "text/html")


def test_without_tax_it_says_by_which_article(run_tasks: RunTasks) -> None:
    site = selling_site()
    VatRegime.objects.create(operator=site.operator, starts_on=MONDAY, regime="franchise", rate=0)
    bought(buyer(), site=site)

    run_tasks()

    assert "VAT: VAT not applicable, article 293 B" in words(mailbox()[0])


def test_the_statement_is_that_of_the_month_by_the_network_s_clocks(
    run_tasks: RunTasks,
) -> None:
    bought(buyer(), now=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))

    run_tasks()

    assert "/account/statements/2026-12/" in words(mailbox()[0])


def test_it_names_nobody(run_tasks: RunTasks) -> None:
    ada = make_user("ada@maillage.example", name="Ada Muller")
    bought(ada)

    run_tasks()

    (sent,) = mailbox()
    assert "Muller" not in sent.as_string()
    assert "ada@" not in part(sent, "text/plain") + part(sent, "text/html")


def test_pressed_eight_times_it_is_told_once(client: Client, run_tasks: RunTasks) -> None:
    site, offer = selling_site(), make_offer()
    client.force_login(buyer())
    sent = {"site": site.slug, "key": uuid4()}

    for _press in range(8):
        client.post(f"/passes/{offer.pk}/", sent)
        run_tasks()

    assert len(mail.outbox) == 1
    assert len(DBTaskResult.objects.all()) == 1


def test_two_passes_are_two_messages(run_tasks: RunTasks) -> None:
    ada = buyer()
    both = [bought(ada), bought(ada)]

    run_tasks()

    assert [sent["Message-ID"] for sent in mailbox()] == [
        f"<pass-{one.pk}-bought@localhost>" for one in both
    ]


def test_what_is_refused_is_not_told(run_tasks: RunTasks) -> None:
    with pytest.raises(PassOver):
        bought(buyer(), site=selling_site(is_active=False))

    run_tasks()

    assert mail.outbox == []


def test_what_is_rolled_back_is_not_told(run_tasks: RunTasks) -> None:
    ada, site, offer = buyer(), selling_site(), make_offer()

    with transaction.atomic():
        buy_pass(offer=offer, site=site, by=ada, now=NOW, key=uuid4())
        transaction.set_rollback(True)
    run_tasks()

    assert mail.outbox == []
    assert not DBTaskResult.objects.exists()


def test_what_is_sold_for_a_demo_is_not_told() -> None:
    ada, site, offer = buyer(), selling_site(), make_offer()

    _mine, is_new = sell_pass(offer=offer, site=site, by=ada, now=NOW, key=uuid4())

    assert is_new
    assert not DBTaskResult.objects.exists()


def test_who_has_left_meanwhile_is_not_told(run_tasks: RunTasks) -> None:
    mine = bought(buyer())
    Pass.objects.filter(pk=mine.pk).update(person=None)

    run_tasks()

    assert mail.outbox == []


def test_a_mail_that_did_not_go_is_sent_later(
    run_tasks: RunTasks, settings: Settings, frozen: Traveller
) -> None:
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    bought(buyer())
    run_tasks()

    settings.EMAIL_BACKEND = usual
    frozen.move_to(NOW + timedelta(minutes=1))
    run_tasks()

    assert len(mail.outbox) == 1
