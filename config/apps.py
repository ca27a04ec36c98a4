"""Applications of libraries, under the product's own names."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class AdministrationConfig(AdminConfig):
    default_site = "config.administration.Administration"


class SignInConfig(AuthConfig):
    verbose_name = _("Sign-in and rights")  # type: ignore[assignment]  # the library's is no message


class BackgroundTasksConfig(TasksAppConfig):
    verbose_name = _("Background tasks")  # type: ignore[assignment]  # the library's is no message
