"""What libraries register in the administration: withdrawn, or shown without its secrets.

Addresses, second factors and sessions are their owner's: whoever adds a verified address to
somebody stronger can take over their account.
"""

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 -- each registers what is withdrawn below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from network.admin.guards import Guarded

admin.site.unregister([EmailAddress, Authenticator, UserSession, Group])


@admin.register(Group)
class Groups(Guarded, GroupAdmin):
    """Groups of permissions: the superusers' alone to write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to superusers."""
        return bool(getattr(request.user, "is_superuser", False))

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Leave it to superusers."""
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Leave it to superusers."""
        return self.has_add_permission(request)
