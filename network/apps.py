"""Who takes part and where: people, organisations, territories, access tokens."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Let every package say what of its own is erased in time."""
        autodiscover_modules("purging")
