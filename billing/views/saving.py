"""Forms that are sent to their own page: saved, or shown again with why not."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.errors import Refusal

CONFLICT = 409
#: The field that a refusal is about, by its code, where the refusal itself names none.
FIELDS = {
    "grid_day_refused": "in_force_from",
    "group_refused": "ends_on",
    "not_enough_credit": "half_days",
    "vote_too_short": "last_day",
}
GET_OR_POST = ["GET", "HEAD", "POST"]


def is_sent(request: HttpRequest) -> bool:
    """Tell whether the form was sent."""
    return request.method == "POST"


def is_saved(request: HttpRequest, form: BaseForm, write: Callable[[], object]) -> bool:
    """Tell whether a form was sent and written; the form says why if it was refused."""
    if not is_sent(request) or not form.is_valid():
        return False
    try:
        write()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def why_not_asked(request: HttpRequest, check: Callable[[], object]) -> Refusal | None:
    """Return what `check` refuses, so that no form is shown that can only be refused.

    Nothing once the form was sent: it is shown with what was typed, and says why itself.
    """
    if is_sent(request):
        return None
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def refuse(form: BaseForm, refusal: Refusal) -> None:
    """Say a refusal at the field that it is about, if the form has it; else of all of it."""
    name = refusal.about or FIELDS.get(refusal.code)
    form.add_error(name if name in form.fields else None, str(refusal.message))


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page with its form, as refused when it was sent and not taken."""
    return render(request, template, context, status=CONFLICT if is_sent(request) else 200)
