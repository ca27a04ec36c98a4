"""The territories of the network: public."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import anyone
from api.documents import PUBLIC, problems
from api.errors import answer
from api.queries.territories import territories_page
from api.schemas.territories import TerritoriesIn, TerritoriesOut
from api.shapes.territories import territory_out

router = Router(tags=["Territories"], auth=anyone)


@router.get(
    "/territories",
    operation_id="listTerritories",
    summary=_("Find territories"),
    description=_(
        "Named sets of communes, by kind and code: régions, départements, EPCI, and those that "
        "lists name (Pays, living areas, job areas, zones). They may overlap."
    ),
    response={200: TerritoriesOut, **problems(401, 422)},
    openapi_extra=PUBLIC,
)
def list_territories(request: HttpRequest, query: Query[TerritoriesIn]) -> HttpResponse:
    """Named sets of communes, by kind and code."""
    rows, following = territories_page(query)
    return answer({"items": [territory_out(one) for one in rows], "next": following})
