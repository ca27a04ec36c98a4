"""What one subscribes to, and what an employer used."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import Access, ApiRequest
from api.documents import problems, scoped
from api.errors import Denied, answer
from api.schemas.subscriptions import SubscriptionsOut, UsageIn, UsageOut
from api.shapes import subscriptions as shapes
from billing.statements.months import Month
from network.models import ApiToken, Organisation, User
from subscriptions.employers.rights import employers_run_by
from subscriptions.taking.showing import paid_by, seats_of
from subscriptions.usage.indicators import telework_of
from subscriptions.usage.seats import seats_in
from subscriptions.usage.totals import usage_of

router = Router(tags=["Subscriptions"])
BILLING = ApiToken.Scope.BILLING


@router.get(
    "/subscriptions",
    operation_id="listSubscriptions",
    summary=_("List your subscriptions"),
    description=_(
        "Those that you pay, or that an employer pays that you run, the last to begin first: seats,"
        " how many are taken, and what is left of your own seat. Seats that others pay for you are "
        "in `GET /me`."
    ),
    auth=Access(BILLING),
    response={200: SubscriptionsOut, **problems(401, 403, 422)},
    openapi_extra=scoped(BILLING),
)
def list_subscriptions(request: ApiRequest) -> HttpResponse:
    """The subscriptions that the person pays, or that an employer pays that they run."""
    person, now = request.auth, timezone.now()
    own = {one.seat.subscription_id: one for one in seats_of(person, now)}
    return answer(shapes.subscriptions_out(paid_by(person), own, timezone.localdate(now)))


@router.get(
    "/usage",
    operation_id="getUsage",
    summary=_("Read what an employer used in a month"),
    description=_(
        "Days and cost of what people booked on the account of an employer that you run: in all, "
        "and by team, site, cost centre and person, with seats and telework. Cents and half-days "
        "of each breakdown add up to those in all. Never hours, never which desk."
    ),
    auth=Access(BILLING),
    response={200: UsageOut, **problems(401, 403, 404, 422)},
    openapi_extra=scoped(BILLING),
)
def get_usage(request: ApiRequest, query: Query[UsageIn]) -> HttpResponse:
    """Days and cost of what people booked on the account of an employer."""
    employer = employer_of(request.auth, query.organisation)
    today = timezone.localdate()
    usage = usage_of(employer, query.month or Month.of(today))
    month = shapes.EmployerMonth(
        employer=employer,
        usage=usage,
        telework=telework_of(employer, usage),
        seats=seats_in(employer, usage.month, today),
    )
    return answer(shapes.usage_out(month))


def employer_of(person: User, pk: int) -> Organisation:
    """Return an employer that a person runs. Raises Denied, whether it exists or not."""
    found = employers_run_by(person).filter(pk=pk).first()
    if found is None:
        raise Denied("not_found", gettext("You run no employer of this id."))
    return found
