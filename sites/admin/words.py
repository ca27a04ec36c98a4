"""Administration of the words that describe sites and spaces."""

from django.contrib import admin

from network.admin.guards import Guarded
from sites.models import (
    Equipment,
    Service,
)


class Vocabulary(Guarded):
    """Words that describe sites and spaces."""

    list_display = ("name", "code")
    search_fields = ("name", "code")
    ordering = ("name",)
    prepopulated_fields = {"code": ("name",)}


admin.site.register([Service, Equipment], Vocabulary)
