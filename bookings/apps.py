"""Who is where when: availability, bookings, calendars."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from bookings.triggers import install_triggers


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Bookings")

    def ready(self) -> None:
        """Re-make SQLite's triggers after every migrate: remaking a table drops them."""
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="bookings.triggers")
