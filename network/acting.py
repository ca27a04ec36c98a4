"""As whom a signed-in person looks at the pages: themselves, or one capacity of an organisation.

The choice is kept in the session and checked at every request against what the person is now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import BigIntegerField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from network.errors import Refusal
from network.language import signed_in
from network.models import Capacity, Membership, Organisation, User
from network.sql import Asked, Given, Statement, kept, together

KEY = "acting"


class ActingRefused(Refusal):
    """An organisation that the person does not belong to, or that is not what was said."""

    code = "acting_refused"


@dataclass(frozen=True)
class Acting:
    """One capacity of one organisation, and the role that the person has there."""

    organisation: Organisation
    kind: Capacity.Kind
    role: Membership.Role

    @property
    def code(self) -> str:
        """Return how forms and sessions name it."""
        return f"{self.organisation.pk}:{self.kind}"

    def __str__(self) -> str:
        return f"{self.organisation} – {self.kind.label}"


@kept
def capacities_of_person() -> QuerySet[Capacity]:
    """Return the capacities of the organisations of a person, each with their role there."""
    return Capacity.objects.of(Given("person", BigIntegerField()))


def choices_among(capacities: Iterable[Capacity]) -> list[Acting]:
    """Return what a person of those capacities may look at the pages as, beside themselves."""
    choices = (
        Acting(one.organisation, Capacity.Kind(one.kind), Membership.Role(one.role))
        for one in capacities
    )
    order = list(Capacity.Kind)
    return sorted(
        choices,
        key=lambda one: (one.organisation.name, one.organisation.pk, order.index(one.kind)),
    )


class Looking:
    """As whom the person of a request looks, and what else they could choose; read when asked."""

    def __init__(self, person: User, code: str) -> None:
        self.person = person
        self.code = code

    @cached_property
    def choices(self) -> list[Acting]:
        """Return what the person may choose, as their memberships stand now."""
        asked = self.asked()
        together(asked)
        return choices_among(asked.rows)

    def asked(self) -> Asked[Capacity]:
        """Return the query for what the person may choose, to be asked with something else."""
        return capacities_of_person().asked(person=self.person.pk)

    @property
    def acting(self) -> Acting | None:
        """Return the organisation and capacity that was chosen; None: themselves."""
        if not self.code:
            return None
        return next((one for one in self.choices if one.code == self.code), None)

    @property
    def runs_sites(self) -> bool:
        """Tell whether the person runs the sites of an operator."""
        return any(
            one.kind == Capacity.Kind.OPERATOR and one.role in Membership.RUNNING_ROLES
            for one in self.choices
        )

    @property
    def manages(self) -> bool:
        """Tell whether the person manages an organisation, whatever it is in the network."""
        return any(one.role in Membership.RUNNING_ROLES for one in self.choices)

    @property
    def runs_employers(self) -> bool:
        """Tell whether the person runs an employer."""
        return any(
            one.kind == Capacity.Kind.EMPLOYER and one.role in Membership.RUNNING_ROLES
            for one in self.choices
        )

    @property
    def has_choice(self) -> bool:
        """Tell whether there is something to choose between, or to come back from."""
        return bool(self.code) or len(self.choices) > 1


def looking(request: HttpRequest) -> Looking | None:
    """Return as whom the signed-in person of `request` looks; None for a stranger."""
    found: Looking | None = getattr(request, "looking", None)
    return found


def acting(request: HttpRequest) -> Acting | None:
    """Return the organisation and capacity that the person of `request` looks as, if any."""
    found = looking(request)
    return found.acting if found else None


def ask_with_choices(request: HttpRequest, *statements: Statement) -> None:
    """Ask what a page asks, and in the same go what its menus will ask about the person."""
    found = looking(request)
    if found is None or "choices" in vars(found):
        together(*statements)
        return
    asked = found.asked()
    together(asked, *statements)
    found.choices = choices_among(asked.rows)


def as_chosen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell views and pages as whom a person looks; an organisation that they left is let go."""

    def look(request: HttpRequest) -> HttpResponse:
        person = signed_in(request)
        if person is not None:
            found = Looking(person, str(request.session.get(KEY, "")))
            if found.code and found.acting is None:
                let_go(request, found)
            request.looking = found  # type: ignore[attr-defined]  # read by `looking`
        return get_response(request)

    return look


def let_go(request: HttpRequest, found: Looking) -> None:
    """Have a person whose choice no longer holds look as themselves, and tell them."""
    found.code = ""
    del request.session[KEY]
    words = _("You no longer belong to this organisation: you see the pages as yourself.")
    messages.info(request, words)


def switch(request: HttpRequest, code: str) -> Acting | None:
    """Look from now on as `code` says, as oneself when it is empty. Raises ActingRefused.

    What the person looked as before stays when it is refused.
    """
    found = looking(request)
    chosen = next((one for one in found.choices if one.code == code), None) if found else None
    if code and chosen is None:
        raise ActingRefused(_("You do not belong to this organisation, or not in this capacity."))
    if chosen is None:
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = chosen.code
    return chosen
