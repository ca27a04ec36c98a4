"""Who is where when: availability, bookings, calendars."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from bookings.guard.triggers import install_triggers
from network.signals import addresses_withdrawn


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Bookings")

    def ready(self) -> None:
        """Re-make SQLite's triggers after every migrate, for remaking a table drops them.

        Listen to the saves of places and people, and to employers, who are told on which days they
        are used; calendar addresses stop when network says so.
        """
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="bookings.guard.triggers")
        # Named, for models cannot be imported before all applications are there.
        import_string("bookings.following.places.listen")()
        import_string("bookings.following.addresses.listen")()
        import_string("bookings.employers.answering.listen")()
        import_string("bookings.employers.leaving.listen")()
        import_string("bookings.following.usage.listen")()
        stop = import_string("bookings.calendars.feeds.stop_addresses")
        addresses_withdrawn.connect(stop, dispatch_uid="bookings.calendars.feeds")
