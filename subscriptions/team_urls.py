"""Addresses of the pages about an employer's teams and what it sets for them."""

from django.urls import path

from subscriptions.views import approvals, costs, domains, headcounts, teams

TEAMS = "employer/<int:employer>/teams/"
COSTS = "employer/<int:employer>/cost-centres/"
DOMAINS = "employer/<int:employer>/domains/"
TEAM = f"{TEAMS}<int:team>/"

urlpatterns = [
    path(TEAMS, teams.teams, name="employer-teams"),
    path(f"{TEAMS}new/", teams.begin, name="employer-team-begin"),
    path(TEAM, teams.team, name="employer-team"),
    path(f"{TEAM}change/", teams.change, name="employer-team-change"),
    path(f"{TEAM}delete/", teams.delete, name="employer-team-delete"),
    path("employer/<int:employer>/approvals/", approvals.of_employer, name="employer-approvals"),
    path("employer/<int:employer>/headcount/", headcounts.headcounts, name="employer-headcount"),
    path(COSTS, costs.cost_centres, name="employer-costs"),
    path(f"{COSTS}<int:pk>/", costs.name, name="employer-cost-name"),
    path(f"{COSTS}<int:pk>/delete/", costs.delete, name="employer-cost-delete"),
    path(DOMAINS, domains.domains, name="employer-domains"),
    path(f"{DOMAINS}check-<int:pk>/", domains.check, name="employer-domain-check"),
    path(f"{DOMAINS}<int:pk>/delete/", domains.delete, name="employer-domain-delete"),
    path("employers/join/", domains.joinable, name="employers-join"),
    path("employers/join/<int:pk>/", domains.take, name="employer-join"),
    path("approvals/", approvals.mine, name="approvals"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
]
