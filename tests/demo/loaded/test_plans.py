"""The plans that the demo network offers, and the names of what it sells."""

import pytest

from billing.models import PassOffer, TariffGrid
from subscriptions.plans.showing import plans_on_offer
from tests.factories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_four_plans_are_on_offer_and_one_is_dearer_in_january() -> None:
    offered = plans_on_offer(MONDAY)

    assert [str(one.current) for one in offered] == ["Découverte", "Équipe", "Mi-temps", "Illimité"]
    assert [one.following is not None for one in offered] == [False, True, False, False]
    assert all(one.current and one.current.costs.count() >= 3 for one in offered)


def test_grids_and_passes_have_a_name_in_each_language() -> None:
    rows = [*TariffGrid.objects.all(), *PassOffer.objects.all()]

    assert rows
    assert [one.name for one in rows if set(one.other_words) != {"de", "en"}] == []
