"""Administration of the words that describe sites and spaces."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from network.admin.guards import Guarded
from sites.admin.worded import worded_form
from sites.models import (
    Equipment,
    Service,
    Specialisation,
)


class Vocabulary(Guarded):
    """Words that describe sites and spaces, in each language of the network."""

    list_display = ("name", "code")
    search_fields = ("name", "code")
    ordering = ("name",)
    prepopulated_fields = {"code": ("name",)}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Ask for the name in each language."""
        return super().get_form(request, obj, change, **{"form": worded_form(self.model), **kwargs})


admin.site.register([Service, Equipment, Specialisation], Vocabulary)
