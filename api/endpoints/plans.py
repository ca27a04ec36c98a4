"""The plans that one can subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import anyone
from api.documents import PUBLIC, problems
from api.errors import answer
from api.schemas.plans import PlansIn, PlansOut
from api.shapes.plans import plans_out
from subscriptions.plans.showing import plans_on_offer

router = Router(tags=["Subscriptions"])


@router.get(
    "/plans",
    operation_id="listPlans",
    summary=_("List the plans"),
    description=_(
        "Every plan that one can subscribe to on a day, the cheapest first, with its terms of that "
        "day: what a seat costs and is granted a month, and what half-days take of that."
    ),
    auth=anyone,
    response={200: PlansOut, **problems(401, 422)},
    openapi_extra=PUBLIC,
)
def list_plans(request: HttpRequest, query: Query[PlansIn]) -> HttpResponse:
    """Every plan that one can subscribe to on a day, the cheapest first."""
    return answer(plans_out(plans_on_offer(query.on or timezone.localdate())))
