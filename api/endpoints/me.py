"""Who asks."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router

from api.access import Access, ApiRequest
from api.documents import problems, scoped
from api.errors import answer
from api.schemas.me import MeOut
from api.shapes.me import Belonging, me_out
from network.models import ApiToken
from sites.models import Site
from subscriptions.accounts import accounts_of
from subscriptions.taking.showing import seats_of

router = Router(tags=["Me"])
READ = ApiToken.Scope.READ


@router.get(
    "/me",
    operation_id="getMe",
    summary=_("See who you are here"),
    description=_(
        "The person of the session or token, their organisations with what each is in the network "
        "and their role there, on whose account they may book, their seats of subscriptions with "
        "what is left of each, and the sites they manage."
    ),
    auth=Access(READ),
    response={200: MeOut, **problems(401, 403, 422)},
    openapi_extra=scoped(READ),
)
def get_me(request: ApiRequest) -> HttpResponse:
    """The person of the session or token, their organisations, accounts, seats and sites."""
    person, now = request.auth, timezone.now()
    memberships = person.memberships.with_capacities().order_by("organisation__name", "pk")
    there = Belonging(
        memberships=list(memberships),
        accounts=accounts_of(person, now),
        sites=Site.objects.run_by(person).order_by("slug"),
        seats=seats_of(person, now),
    )
    return answer(me_out(person, there))
