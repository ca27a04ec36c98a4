"""Addresses of the pages about plans and subscriptions."""

from django.urls import path

from subscriptions.views import managing, plans, subscriptions, taking

PLAN = "manage/plans/<slug:code>/"
ONE = "subscriptions/<int:pk>/"

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:code>/subscribe/", taking.take, name="subscribe"),
    path("subscriptions/", subscriptions.mine, name="subscriptions"),
    path(ONE, subscriptions.subscription, name="subscription"),
    path(f"{ONE}seats/", subscriptions.seats, name="subscription-seats"),
    path(f"{ONE}end/", subscriptions.end, name="subscription-end"),
    path(f"{ONE}go-on/", subscriptions.again, name="subscription-go-on"),
    path("manage/subscriptions/", subscriptions.every, name="manage-subscriptions"),
    path("manage/plans/", managing.plans, name="manage-plans"),
    path("manage/plans/new/", managing.begin, name="plan-begin"),
    path(PLAN, managing.plan, name="manage-plan"),
    path(f"{PLAN}terms/", managing.terms, name="plan-terms"),
    path(f"{PLAN}publish/", managing.put_in_force, name="plan-publish"),
    path(f"{PLAN}withdraw/", managing.end, name="plan-withdraw"),
    path(f"{PLAN}offer/", managing.again, name="plan-again"),
    path(f"{PLAN}discard/", managing.discard, name="plan-discard"),
]
