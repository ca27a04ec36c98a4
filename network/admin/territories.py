"""Territories, which files write and the administration shows."""

from typing import cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly
from network.models import Commune, Departement, Epci, Region
from network.models.territories import CommuneQuerySet


class OfficialAdmin(ReadOnly, Guarded):
    """A territory of the official code: `manage.py load_territories` writes it."""


@admin.register(Region)
class RegionAdmin(OfficialAdmin):
    list_display = ("name", "code")
    ordering = ("code",)


@admin.register(Departement)
class DepartementAdmin(OfficialAdmin):
    list_display = ("name", "code", "region")
    list_select_related = ("region",)
    search_fields = ("name", "code")
    ordering = ("code",)
    exclude = ("outline",)


@admin.register(Epci)
class EpciAdmin(OfficialAdmin):
    list_display = ("name", "siren")
    search_fields = ("name", "siren")
    ordering = ("name",)


@admin.register(Commune)
class CommuneAdmin(OfficialAdmin):
    list_display = ("name", "insee_code", "departement", "epci", "inhabitants")
    list_filter = ("departement",)
    list_select_related = ("departement", "epci")
    search_fields = ("name", "insee_code")
    search_help_text = _("A name or a postcode; accents and hyphens do not matter.")
    ordering = ("name", "insee_code")
    inhabitants = columns.number("population", _("population"))

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
