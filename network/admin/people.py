"""Administration of people, for the network team."""

from typing import Any, ClassVar, cast

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from network.admin.guards import Guarded, MembershipInline
from network.models import User
from network.rights import is_stronger
from network.views import team


class MembershipOfPerson(MembershipInline):
    autocomplete_fields = ("organisation",)


@admin.register(User)
class UserAdmin(Guarded):
    """People. They choose and change passwords and addresses themselves, through their account."""

    list_display = ("email", "name", "home_commune", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "memberships__role")
    list_select_related = ("home_commune",)
    search_fields = ("email", "name")
    ordering = ("email",)
    autocomplete_fields = ("home_commune",)
    fields = (
        "email",
        "name",
        "home_commune",
        "status",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
    )
    readonly_fields = ("joined_at",)
    filter_horizontal = ("groups",)
    inlines = (MembershipOfPerson,)
    #: What only a superuser may give, lest one make oneself one.
    rights: ClassVar[tuple[str, ...]] = ("is_staff", "is_superuser", "groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Keep rights out of reach; the address and closing have buttons of their own."""
        fixed: tuple[str, ...] = ("email", "is_active") if obj else ()
        is_superuser = bool(getattr(request.user, "is_superuser", False))
        return fixed + (() if is_superuser else self.rights)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Leave people to those who are as strong."""
        if obj is not None and is_stronger(obj, cast(User, request.user)):
            return False
        return super().has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        """Add what the buttons of an account lead to."""
        inside = self.admin_site.admin_view
        return [
            path("<int:pk>/address/", inside(team.correct), name="network_user_address"),
            path("<int:pk>/close/", inside(team.close), name="network_user_close"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: somebody who leaves is made inactive, for bookings stay."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; a new person has an address to verify and no password yet."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True)
