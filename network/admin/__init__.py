"""Administration of people, organisations and territories, for the network team."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from network.admin import commune_sets, foreign, jobs, organisations, people, territories

__all__ = ["commune_sets", "foreign", "jobs", "organisations", "people", "territories"]

admin.site.site_title = admin.site.site_header = "Maillage"
admin.site.index_title = _("Running the network")
