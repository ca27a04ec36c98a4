"""Rows that the administration only shows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnly(admin.options.BaseModelAdmin):
    """Rows to look at: they come from files or from actions, never from a form."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False
