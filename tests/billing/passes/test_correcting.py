"""Who sold a pass gives it half-days or takes some back: once, told, and never below nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from billing.errors import KeyOfAnother, NotEnough, PassOver
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.models import Pass, Transfer
from billing.passes.correcting import Correction, correct_pass
from network.models import User
from tests.billing.bought import bought, selling_site, spent_on
from tests.factories import NOW, make_manager, make_user
from tests.mails import mailbox, words
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
GESTURE = Correction(2, "Panne du réseau mardi")
FRENCH = """Votre carnet a été corrigé : Pass 1
2 demi-journées ont été ajoutées à votre carnet.

Pass 1

{seller} en donne la raison : Panne du réseau mardi

Il reste 12 demi-journées.

Voir le carnet :
http://localhost:8000/account/credits/{pk}/

Le réseau Maillage
http://localhost:8000
"""


@pytest.fixture
def ada() -> User:
    return make_user("ada@maillage.example", language="fr")


@pytest.fixture
def sold(ada: User) -> Pass:
    return bought(ada, site=selling_site("La Fabrique"))


@pytest.fixture
def manager(sold: Pass) -> User:
    return make_manager(sold.operator.sites.get())


@pytest.mark.parametrize("half_days", [2, -3])
def test_half_days_are_given_or_taken_back_and_it_stays_written_by_whom_but_not_why(
    sold: Pass, manager: User, half_days: int
) -> None:
    correction = Correction(half_days, GESTURE.reason)

    row = correct_pass(sold=sold, correction=correction, by=manager, now=NOW, key=uuid4())

    assert balance(sold.account) == 10 + half_days
    assert (row.kind, row.words) == (Transfer.Kind.ADJUST, GESTURE.reason)
    log = LogEntry.objects.get()
    assert (log.user, log.object_id) == (manager, str(sold.pk))
    assert log.change_message == f"{half_days:+d} half-days"
    assert list(faults()) == []


def test_sent_twice_it_is_done_and_told_once(
    sold: Pass, manager: User, run_tasks: RunTasks
) -> None:
    run_tasks()
    key = uuid4()

    for _press in range(2):
        correct_pass(sold=sold, correction=GESTURE, by=manager, now=NOW, key=key)
    run_tasks()

    assert balance(sold.account) == 12
    assert LogEntry.objects.count() == 1
    told = [plain(words(one)) for one in mailbox()][1:]
    assert told == [FRENCH.format(pk=sold.pk, seller=sold.operator.name)]


def test_a_key_that_stands_on_another_correction_is_refused(sold: Pass, manager: User) -> None:
    key = uuid4()
    correct_pass(sold=sold, correction=GESTURE, by=manager, now=NOW, key=key)

    other = Correction(3, GESTURE.reason)
    with pytest.raises(KeyOfAnother):
        correct_pass(sold=sold, correction=other, by=manager, now=NOW, key=key)

    assert balance(sold.account) == 12


def test_no_more_is_taken_back_than_is_left(sold: Pass, manager: User, ada: User) -> None:
    spent_on(ada, sold.operator.sites.get(), 8)

    less = Correction(-3, "Erreur")
    with pytest.raises(NotEnough):
        correct_pass(sold=sold, correction=less, by=manager, now=NOW, key=uuid4())

    assert balance(sold.account) == 2


def test_nothing_is_given_to_a_pass_that_is_over(sold: Pass, manager: User) -> None:
    with pytest.raises(PassOver):
        correct_pass(sold=sold, correction=GESTURE, by=manager, now=sold.valid_until, key=uuid4())
    before = sold.valid_until - timedelta(seconds=1)
    correct_pass(sold=sold, correction=GESTURE, by=manager, now=before, key=uuid4())

    assert balance(sold.account) == 12


def test_neither_another_operator_nor_its_holder_corrects_a_pass(sold: Pass, ada: User) -> None:
    site = sold.operator.sites.get()
    own = bought(make_manager(site), site=site)

    for by, row in ((make_manager(selling_site()), sold), (ada, sold), (own.person, own)):
        assert by is not None
        with pytest.raises(PermissionDenied):
            correct_pass(sold=row, correction=GESTURE, by=by, now=NOW, key=uuid4())

    assert not Transfer.objects.filter(kind=Transfer.Kind.ADJUST).exists()


def test_nobody_is_told_of_a_pass_whose_holder_has_left(
    sold: Pass, manager: User, run_tasks: RunTasks
) -> None:
    run_tasks()
    correct_pass(sold=sold, correction=GESTURE, by=manager, now=NOW, key=uuid4())
    Pass.objects.update(person=None)

    (done,) = run_tasks()

    assert done.return_value == "account deleted"
    assert len(mailbox()) == 1
