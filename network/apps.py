"""Who takes part and where: people, organisations, territories, access tokens."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import pre_save
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from network.checks import file_is_its_owners, proxies_are_told
from network.signals import keep_canonical


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("The network")

    def ready(self) -> None:
        """Keep allauth's addresses canonical, add our checks, learn what workers do for each."""
        checks.register(proxies_are_told, checks.Tags.security)
        checks.register(file_is_its_owners, checks.Tags.security)
        pre_save.connect(
            keep_canonical, sender="account.EmailAddress", dispatch_uid="network.addresses"
        )
        autodiscover_modules("purging", "regularly")
