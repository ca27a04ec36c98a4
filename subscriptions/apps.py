"""One subscription for every site: plans, and who subscribes to them."""

from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from network.signals import account_closed, capacity_withdrawn


class SubscriptionsConfig(AppConfig):
    name = "subscriptions"
    verbose_name = _("Plans and subscriptions")

    def ready(self) -> None:
        """Have an employer stay one while it has people; let whose account closes leave it."""
        # Named, for models cannot be imported before all applications are there.
        keep = import_string("subscriptions.employers.standing.keep_employer")
        capacity_withdrawn.connect(keep, dispatch_uid="subscriptions.employers")
        leave = import_string("subscriptions.people.closing.leave_employers")
        account_closed.connect(leave, dispatch_uid="subscriptions.people")
        leave_deleted = import_string("subscriptions.people.closing.leave_deleted")
        pre_delete.connect(
            leave_deleted, sender="network.User", dispatch_uid="subscriptions.people"
        )
