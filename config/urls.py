"""Every address of the product, one include per package."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import RedirectView

from config.design import pages
from config.health import healthz, readyz

# The administration is entered by the same door as the rest: second factor and limits included.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # documented

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    # Before the many addresses of pages: programs ask more often than people.
    path("api/", include("api.urls")),
    path("", include("bookings.urls")),
    path("", include("billing.urls")),
    path("", include("subscriptions.urls")),
    path("", include("network.urls")),
    # Passwords are changed in one place, which asks for the present one and ends other sessions.
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password", query_string=True),
    ),
    # "See on site" asks for no permission: it would tell staff the addresses of strangers' pages.
    re_path(r"^admin/r/", page_not_found, {"exception": Http404()}),
    path("admin/", admin.site.urls),
    path("design", pages.show, name="design"),
    # Photos of sites; without DEBUG the proxy serves MEDIA_ROOT itself.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
