"""Applications of libraries, under the product's own names."""

from django.apps import apps
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class AdministrationConfig(AdminConfig):
    default_site = "config.administration.Administration"

    def ready(self) -> None:
        """Name Django's own accounts; an application of ours would hide them from mypy's plugin."""
        super().ready()
        apps.get_app_config("auth").verbose_name = _("Sign-in and rights")


class BackgroundTasksConfig(TasksAppConfig):
    verbose_name = _("Background tasks")  # type: ignore[assignment]  # the library's is no message
