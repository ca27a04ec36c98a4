"""A day of a subsidised price for tests: its site, its funder, and who was there."""

from dataclasses import dataclass, field

from billing.prices.durations import Duration
from network.models import Organisation, User
from sites.models import Site
from tests.billing.bought import selling_site
from tests.billing.charging.turns import Customer, use
from tests.billing.tariffs import make_grid, subsidy
from tests.factories import TUESDAY, interval, make_organisation

MORNING = interval(TUESDAY, "08:00", "13:00")
REFERENCE = "ABCD-EFGH"


@dataclass
class Aided:
    """Somebody's half-day of 8 €, of which they pay 4 € and a community the rest."""

    site: Site = field(default_factory=selling_site)
    funder: Organisation = field(
        default_factory=lambda: make_organisation("CC de Villé", "collectivity")
    )
    customer: Customer = field(default_factory=Customer)

    def __post_init__(self) -> None:
        make_grid()
        subsidy(self.site, Duration.HALF_DAY, 400, self.funder)
        self.customer.book(REFERENCE, use(self.site, MORNING))

    @property
    def person(self) -> User:
        """Return who was there."""
        return self.customer.person
