"""Who takes part and where: people, organisations, territories, access tokens."""

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _

from network.signals import keep_canonical


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Keep allauth's addresses canonical, whoever writes them."""
        pre_save.connect(
            keep_canonical, sender="account.EmailAddress", dispatch_uid="network.addresses"
        )
