"""Addresses of the API."""

from django.urls import path, re_path

from api.documentation import documentation
from api.v1 import api, unknown_address

urlpatterns = [
    path("v1/docs", documentation, name="api-documentation"),
    path("v1/", unknown_address),
    path("v1/", api.urls),
    re_path("", unknown_address),
]
