"""What it costs, and what one holds and owes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import Access, ApiRequest, anyone
from api.documents import PUBLIC, problems, scoped
from api.errors import answer
from api.schemas.billing import BalanceOut, TariffsIn, TariffsOut
from api.shapes.billing import balance_out, tariffs_out
from billing.errors import NoTariff
from billing.models import Pass, TariffGrid
from billing.passes.holding import held
from billing.statements.parties import of_person
from billing.statements.reading import owed_now
from network.models import ApiToken

router = Router(tags=["Billing"])
BILLING = ApiToken.Scope.BILLING


@router.get(
    "/tariffs",
    operation_id="getTariffs",
    summary=_("Read the tariff grid"),
    description=_("Prices, bands, off-peak hours and passes of the grid in force on a day."),
    auth=anyone,
    response={200: TariffsOut, **problems(401, 409, 422)},
    openapi_extra=PUBLIC,
)
def get_tariffs(request: HttpRequest, query: Query[TariffsIn]) -> HttpResponse:
    """Prices, bands, off-peak hours and passes of the grid in force on a day."""
    grid = TariffGrid.objects.in_force(query.on or timezone.localdate())
    if grid is None:
        raise NoTariff(gettext("No tariff grid was in force on this day."))
    return answer(tariffs_out(grid))


@router.get(
    "/balance",
    operation_id="getBalance",
    summary=_("See what you hold and owe"),
    description=_("What you owe in all, and your passes: what is left of each, until when."),
    auth=Access(BILLING),
    response={200: BalanceOut, **problems(401, 403, 422)},
    openapi_extra=scoped(BILLING),
)
def get_balance(request: ApiRequest) -> HttpResponse:
    """What the person owes in all, and their passes: what is left of each, until when."""
    person = request.auth
    passes = held(Pass.objects.of_person(person), timezone.now())
    return answer(balance_out(owed_now(of_person(person)), passes))
