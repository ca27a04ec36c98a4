"""The page of one's own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from network.actions import choose_reminders, update_profile
from network.forms import ProfileForm
from network.models import ApiToken, User
from network.views.person import person_of
from network.views.refused import status_of
from network.views.typed import entries, sign_in_first
from network.views.ways import ways_of


@sign_in_first
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's account, and save what they say of themselves."""
    person = person_of(request)
    form = ProfileForm(entries(request), person=person)
    if request.method == "POST" and form.is_valid():
        update_profile(
            by=person,
            name=form.cleaned_data["name"],
            home_commune=form.home_commune,
            language=form.cleaned_data["language"],
            status=form.cleaned_data["status"],
        )
        choose_reminders(by=person, wanted=form.cleaned_data["reminders"])
        with override(person.language):
            messages.success(request, _("Your details are saved."))
            if form.is_guessed:
                messages.info(request, words_of_guess(form))
        return redirect("account")
    facts = facts_of(person)
    context = {"form": form, "ways": ways_of(person, facts), **facts}
    return render(request, "network/account.html", context, status=status_of(request, form))


def words_of_guess(form: ProfileForm) -> str:
    """Return which commune was taken for a postcode that others share."""
    words = _(
        "We took %(commune)s, one of the communes of %(postcode)s. If you live in another one,"
        " write its name."
    )
    return words % {"commune": form.home_commune, "postcode": form.cleaned_data["home"]}


def facts_of(person: User) -> dict[str, Any]:
    """Return what the account page says of sign-in, programs and organisations."""
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {
        "has_totp": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": UserSession.objects.filter(user=person).count(),
        "tokens": ApiToken.objects.usable_at(timezone.now()).filter(person=person).count(),
        "memberships": person.memberships.with_capacities().order_by("organisation__name"),
    }
