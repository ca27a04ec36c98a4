"""The machine door: the versioned HTTP API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
