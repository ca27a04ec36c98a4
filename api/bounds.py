"""How often one person may ask for what takes long to tell."""

from allauth.core.internal.ratelimit import consume
from django.utils.translation import gettext_lazy as _

from api.access import ApiRequest
from api.errors import Denied

#: Two a second: enough to compare the sites of a region.
LIMITS = {"quotes": "120/m/key"}
MINUTE_S = "60"


def refuse_too_many(request: ApiRequest, what: str) -> None:
    """Refuse a person who has asked for it as often as one may, by whichever token. Raises Denied.

    A minute later they may ask again.
    """
    key = str(request.auth.pk)
    if not consume(request, app="api", action=what, key=key, config=LIMITS):
        raise Denied(
            "too_many_requests", _("Wait a minute, then ask again."), {"Retry-After": MINUTE_S}
        )
