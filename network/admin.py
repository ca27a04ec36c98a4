"""Administration of people, organisations and territories, for the network team."""

from typing import Any, ClassVar, cast

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number

import network.foreign  # noqa: F401 -- part of this administration
from network.guards import Guarded, MembershipInline
from network.models import Commune, Departement, Epci, Organisation, Region, User
from network.models.territories import CommuneQuerySet
from network.rights import is_stronger
from network.views import team

admin.site.site_title = admin.site.site_header = "Maillage"
admin.site.index_title = _("Running the network")


class ReadOnly(admin.options.BaseModelAdmin):
    """Rows to look at: they come from files or from actions, never from a form."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


class MembershipOfOrganisation(MembershipInline):
    autocomplete_fields = ("person",)


class MembershipOfPerson(MembershipInline):
    autocomplete_fields = ("organisation",)


@admin.register(User)
class UserAdmin(Guarded):
    """People. They choose and change passwords and addresses themselves, through their account."""

    list_display = ("email", "name", "home_commune", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "memberships__role")
    list_select_related = ("home_commune",)
    search_fields = ("email", "name")
    ordering = ("email",)
    autocomplete_fields = ("home_commune",)
    fields = ("email", "name", "home_commune", "is_active", "is_staff", "is_superuser", "groups")
    readonly_fields = ("joined_at",)
    filter_horizontal = ("groups",)
    inlines = (MembershipOfPerson,)
    #: What only a superuser may give, lest one make oneself one.
    rights: ClassVar[tuple[str, ...]] = ("is_staff", "is_superuser", "groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Keep rights out of reach; the address and closing have buttons of their own."""
        fixed: tuple[str, ...] = ("email", "is_active") if obj else ()
        is_superuser = bool(getattr(request.user, "is_superuser", False))
        return fixed + (() if is_superuser else self.rights)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Leave people to those who are as strong."""
        if obj is not None and is_stronger(obj, cast(User, request.user)):
            return False
        return super().has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        """Add what the buttons of an account lead to."""
        inside = self.admin_site.admin_view
        return [
            path("<int:pk>/address/", inside(team.correct), name="network_user_address"),
            path("<int:pk>/close/", inside(team.close), name="network_user_close"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: somebody who leaves is made inactive, for bookings stay."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; a new person has an address to verify and no password yet."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True)


class OrganisationForm(forms.ModelForm):
    """An organisation whose SIRET may be typed with spaces."""

    siret = forms.CharField(label=_("SIRET"), max_length=20, required=False)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "siret", "commune")

    def clean_siret(self) -> str:
        """Drop the spaces; the model then checks the digits."""
        return str(siret_number.compact(self.cleaned_data["siret"]))


@admin.register(Organisation)
class OrganisationAdmin(Guarded):
    """Organisations and who belongs to them."""

    form = OrganisationForm
    list_display = ("name", "kind", "siret", "commune")
    list_filter = ("kind",)
    list_select_related = ("commune",)
    search_fields = ("name", "siret")
    ordering = ("name",)
    autocomplete_fields = ("commune",)
    inlines = (MembershipOfOrganisation,)


class Territory(ReadOnly, Guarded):
    """A territory of the official code: `manage.py load_territories` writes it."""


@admin.register(Region)
class RegionAdmin(Territory):
    list_display = ("name", "code")
    ordering = ("code",)


@admin.register(Departement)
class DepartementAdmin(Territory):
    list_display = ("name", "code", "region")
    list_select_related = ("region",)
    search_fields = ("name", "code")
    ordering = ("code",)
    exclude = ("outline",)


@admin.register(Epci)
class EpciAdmin(Territory):
    list_display = ("name", "siren")
    search_fields = ("name", "siren")
    ordering = ("name",)


@admin.register(Commune)
class CommuneAdmin(Territory):
    list_display = ("name", "insee_code", "departement", "epci", "population")
    list_filter = ("departement",)
    list_select_related = ("departement", "epci")
    search_fields = ("name", "insee_code")
    search_help_text = _("A name or a postcode; accents and hyphens do not matter.")
    ordering = ("name", "insee_code")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Commune], search_term: str
    ) -> tuple[models.QuerySet[Commune], bool]:
        """Search as the public pages do; also by INSEE code."""
        term = search_term.strip()
        if not term:
            return queryset, False
        by_code = Commune.objects.filter(insee_code=term.upper())
        if by_code.exists():
            return queryset.filter(pk__in=by_code), False
        return cast(CommuneQuerySet, queryset).matching(term), False
