"""Addresses of the pages about prices."""

from django.urls import path

from billing.views import simulator, tariffs

urlpatterns = [
    path("tariffs/", tariffs.tariffs, name="tariffs"),
    path("tariffs/<int:pk>/", tariffs.tariff_grid, name="tariff-grid"),
    path("tariffs/simulator/", simulator.simulator, name="simulator"),
]
