"""What the network team mends on the account of somebody else, from its administration."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions import close_account, correct_address, reopen_account
from network.errors import Refusal
from network.forms import CorrectionForm
from network.models import User
from network.views.person import person_of


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account another address."""
    person = mendable(request, pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address, by = form.cleaned_data["address"], person_of(request)
        try:
            correct_address(person=person, address=address, by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error("address", str(refusal.message))
        else:
            words = _("The address is %(email)s. Its owner is told how to confirm it.")
            return back_to(request, person, words % {"email": person.email})
    return page(request, "address", person, form=form)


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to close an account, or to open it again, and do it."""
    person = mendable(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            return back_to(request, person, close_or_reopen(person, by=person_of(request)))
        except Refusal as refusal:
            refused = str(refusal.message)
    return page(request, "close", person, refused=refused)


def mendable(request: HttpRequest, pk: int) -> User:
    """Return the account, for who may look at accounts at all. Raises PermissionDenied."""
    if not request.user.has_perm("network.change_user"):
        raise PermissionDenied
    return get_object_or_404(User, pk=pk)


def close_or_reopen(person: User, *, by: User) -> str:
    """Do it and say so. Raises AccountRefused."""
    if person.is_active:
        close_account(person=person, by=by, now=timezone.now())
        return _("The account is closed.")
    reopen_account(person=person, by=by)
    return _("The account is open again.")


def back_to(request: HttpRequest, person: User, words: str) -> HttpResponse:
    """Return to the account in the administration, with what was done."""
    messages.success(request, words)
    LogEntry.objects.log_actions(person_of(request).pk, [person], CHANGE, words, single_object=True)
    return redirect("admin:network_user_change", person.pk)


def page(request: HttpRequest, name: str, person: User, **words: Any) -> HttpResponse:
    """Draw a page of the administration about an account."""
    about = {"person": person, "title": str(person), "opts": User._meta, "now": timezone.now()}
    context = admin.site.each_context(request) | about | words
    return render(request, f"admin/network/user/{name}.html", context)
