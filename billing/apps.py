"""What it costs: tariffs, passes, the ledger, charges."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from billing.ledger.guard import install_triggers


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = _("Tariffs and accounts")

    def ready(self) -> None:
        """Re-make the triggers after every migrate: on SQLite, remaking a table drops them."""
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="billing.ledger.guard")
