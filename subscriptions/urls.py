"""Addresses of the pages about plans."""

from django.urls import path

from subscriptions import team_urls
from subscriptions.views import managing, plans, teams

PLAN = "manage/plans/<slug:code>/"

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("manage/plans/", managing.plans, name="manage-plans"),
    path("manage/plans/new/", managing.begin, name="plan-begin"),
    path(PLAN, managing.plan, name="manage-plan"),
    path(f"{PLAN}terms/", managing.terms, name="plan-terms"),
    path(f"{PLAN}publish/", managing.put_in_force, name="plan-publish"),
    path(f"{PLAN}withdraw/", managing.end, name="plan-withdraw"),
    path(f"{PLAN}offer/", managing.again, name="plan-again"),
    path(f"{PLAN}discard/", managing.discard, name="plan-discard"),
    path("employer/<int:employer>/", teams.teams, name="employer"),
    *team_urls.urlpatterns,
]
