"""What it costs, and what one holds and owes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import Access, ApiRequest, anyone
from api.bounds import refuse_too_many
from api.documents import PUBLIC, problems, scoped
from api.errors import Denied, answer
from api.schemas.billing import BalanceOut, QuoteIn, QuoteOut, TariffsIn, TariffsOut
from api.shapes.billing import balance_out, quote_out, tariffs_out
from api.wishes import quoted_wish, terms_of_change
from billing.models import Pass, TariffGrid
from billing.passes.holding import held
from billing.statements.parties import of_person
from billing.statements.reading import owed_now
from bookings.charges.quoting import priced, quoted
from network.models import ApiToken

router = Router(tags=["Billing"])
BILLING = ApiToken.Scope.BILLING


@router.get(
    "/tariffs",
    operation_id="getTariffs",
    summary=_("Read the tariff grid"),
    description=_(
        "Prices, bands, off-peak hours and passes of the grid in force on a day; 404 for a day that"
        " had none."
    ),
    auth=anyone,
    response={200: TariffsOut, **problems(401, 404, 422)},
    openapi_extra=PUBLIC,
)
def get_tariffs(request: HttpRequest, query: Query[TariffsIn]) -> HttpResponse:
    """Prices, bands, off-peak hours and passes of the grid in force on a day."""
    grid = TariffGrid.objects.in_force(query.on or timezone.localdate())
    if grid is None:
        raise Denied("not_found", gettext("No tariff grid was in force on this day."))
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


@router.post(
    "/quotes",
    operation_id="getQuote",
    summary=_("Ask what a booking would cost"),
    description=_(
        "What `POST /bookings` would charge you now, by the same rule: your passes, customer "
        "groups and other bookings of those days count. Nothing is written or held, and room is "
        "not looked for. With `booking`, what `PATCH /bookings` would make of that one, refusals "
        "included. Prices include VAT. At most 120 a minute."
    ),
    auth=Access(BILLING),
    response={200: QuoteOut, **problems(401, 403, 404, 409, 413, 415, 422, 429)},
    openapi_extra=scoped(BILLING),
)
def get_quote(request: ApiRequest, body: QuoteIn) -> HttpResponse:
    """What a booking would cost the person, or somebody of a customer group. Writes nothing."""
    refuse_too_many(request, "quotes")
    now = timezone.now()
    if body.booking:
        terms = terms_of_change(body=body, person=request.auth, now=now)
        return answer(quote_out(priced(terms.price), terms.difference.more_cents))
    wish, group = quoted_wish(body), body.customer_group
    return answer(quote_out(quoted(wish=wish, person=request.auth, group=group, now=now)))
