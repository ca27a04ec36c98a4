"""The places: sites, spaces, units, hours, closures, equipment, video endpoints."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from network.signals import capacity_withdrawn


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = _("Sites")

    def ready(self) -> None:
        """Have an operator stay one while it runs sites."""
        # Named, for models cannot be imported before all applications are there.
        keep = import_string("sites.operators.keep_operator")
        capacity_withdrawn.connect(keep, dispatch_uid="sites.operators")
