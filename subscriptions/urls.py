"""Addresses of the pages about plans, subscriptions, employers and their people."""

from django.urls import path

from subscriptions import team_urls
from subscriptions.views import (
    employer,
    employments,
    invitations,
    inviting,
    managing,
    people,
    plans,
    registering,
    subscriptions,
    taking,
    usage,
)

PLAN = "manage/plans/<slug:code>/"
ONE = "subscriptions/<int:pk>/"
EMPLOYER = "employer/<int:employer>/"
INVITATION = "invitation/<uuid:key>/"

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
    path("employers/new/", registering.register, name="employer-register"),
    path("employer/", registering.employers, name="employers"),
    path(EMPLOYER, employer.home, name="employer"),
    path(f"{EMPLOYER}people/", people.people, name="employer-people"),
    path(f"{EMPLOYER}people/<int:pk>/", people.change, name="employee"),
    path(f"{EMPLOYER}people/<int:pk>/leave/", people.last_day, name="employee-leave"),
    path(f"{EMPLOYER}invite/", inviting.by_address, name="employer-invite"),
    path(f"{EMPLOYER}invite/list/", inviting.by_list, name="employer-invite-list"),
    path(f"{EMPLOYER}invited/<int:pk>/again/", inviting.again, name="invitation-again"),
    path(f"{EMPLOYER}invited/<int:pk>/withdraw/", inviting.withdrawn, name="invitation-withdraw"),
    path(f"{EMPLOYER}usage/", usage.usage, name="employer-usage"),
    path("account/employers/", employments.employments, name="my-employers"),
    path("account/employers/<int:pk>/leave/", employments.leaving, name="my-employer-leave"),
    path(INVITATION, invitations.invitation, name="invitation"),
    path(f"{INVITATION}enter/", invitations.enter, name="invitation-enter"),
    path(f"{INVITATION}accept/", invitations.accepted, name="invitation-accept"),
    path(f"{INVITATION}decline/", invitations.declined, name="invitation-decline"),
    *team_urls.urlpatterns,
]
