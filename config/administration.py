"""The administration's first page and menu, in the groups that the network's team thinks in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from config.catalogues.framework import SCRIPTS

#: In the order of the page: by the label of their application, which a group of its own overrides.
GROUPS: dict[str, Promise] = {
    "bookings": _("Bookings"),
    "billing": _("Tariffs and accounts"),
    "sites": _("Sites"),
    "network": _("The network"),
    "territories": _("Territories"),
    "auth": _("Sign-in and rights"),
    "django_tasks_database": _("Background tasks"),
}
TERRITORIES = (
    *("network.region", "network.departement", "network.epci", "network.commune"),
    "network.territory",
)
#: What comes first in its group; the rest follows by name.
FIRST = ("sites.site", "sites.space", "network.user", "network.organisation", *TERRITORIES)


class ScriptWords(JavaScriptCatalog):
    """What the administration's scripts say: Django's words, else ours, never French for others.

    Where Django lacks a message it takes that of `LANGUAGE_CODE`, whoever reads.
    """

    packages = ["django.contrib.admin"]

    def get_catalog(self) -> dict[str, Any]:
        """Return each message with what to say for it."""
        return super().get_catalog() | {message: gettext(message) for message in SCRIPTS}


class Administration(admin.AdminSite):
    """Django's, grouped by subject instead of by package."""

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Answer with the words of the scripts, in the reader's language."""
        return ScriptWords().get(request)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the groups that hold something for this person, or for one package's page."""
        found: dict[str, list[dict[str, Any]]] = {label: [] for label in GROUPS}
        names: dict[str, Any] = {}
        for app in super().get_app_list(request, app_label):
            names[app["app_label"]] = app["name"]
            for row in app["models"]:
                found.setdefault(group_of(row), []).append(row)
        return [
            group(label, GROUPS.get(label) or names[label], rows)
            for label, rows in found.items()
            if rows
        ]

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show one package's page under its group's name, as the trail of its lists has it."""
        name = GROUPS.get(app_label, app_label)
        title = _("Administration: %(group)s") % {"group": name}
        return super().app_index(request, app_label, {"title": title, **(extra_context or {})})


def group(label: str, name: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a group as Django's templates know an application."""
    return {
        "name": name,
        "app_label": label,
        "app_url": f"#{label}",
        "has_module_perms": True,
        "models": sorted(rows, key=rank),
    }


def label_of(row: dict[str, Any]) -> str:
    """Return the model's name with its package's."""
    return str(row["model"]._meta.label_lower)


def group_of(row: dict[str, Any]) -> str:
    """Return the label of the group that a model belongs to."""
    label = label_of(row)
    return "territories" if label in TERRITORIES else label.partition(".")[0]


def rank(row: dict[str, Any]) -> tuple[int, str]:
    """Return where a model stands in its group."""
    label = label_of(row)
    return (FIRST.index(label) if label in FIRST else len(FIRST), str(row["name"]))
