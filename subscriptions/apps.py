"""One subscription for every site: plans, and who subscribes to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "subscriptions"
    verbose_name = _("Plans and subscriptions")
