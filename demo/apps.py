"""The demo network, for whoever tries the product; nothing else imports it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
