"""Addresses of the pages about prices."""

from django.urls import path

from billing.views import (
    adopting,
    cancelling,
    conformity,
    credits,
    draft_tables,
    drafts,
    groups,
    local_prices,
    passes,
    proposals,
    setting,
    simulator,
    sold_passes,
    statements,
    tariffs,
    vat,
)

#: A site, then the kind, the duration and the customer group of a price.
WARE = "manage/prices/<slug:slug>/<str:kind>/<str:duration>/<str:group>/"

#: An organisation, what it owes or earned, and a month as "2026-11".
OF_ORGANISATION = "manage/statements/<int:pk>/<str:side>/<str:month>/"

urlpatterns = [
    path("tariffs/", tariffs.tariffs, name="tariffs"),
    path("tariffs/<int:pk>/", tariffs.tariff_grid, name="tariff-grid"),
    path("tariffs/simulator/", simulator.simulator, name="simulator"),
    path("tariffs/proposals/", proposals.proposals, name="proposals"),
    path("tariffs/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("tariffs/proposals/<int:pk>/votes/", proposals.cast_votes, name="proposal-votes"),
    path("tariffs/proposals/<int:pk>/comments/", proposals.add_comment, name="proposal-comments"),
    path(
        "tariffs/proposals/<int:pk>/withdraw/",
        proposals.withdraw_proposal,
        name="proposal-withdraw",
    ),
    path("passes/", passes.passes, name="passes"),
    path("passes/<int:pk>/", passes.buy, name="pass-buy"),
    path("account/credits/", credits.credits, name="credits"),
    path("account/credits/<int:pk>/", credits.history, name="pass"),
    path("account/statements/<str:month>/", statements.own, name="own-statement"),
    path(
        "account/statements/<str:month>/statement.<str:form>",
        statements.own_file,
        name="own-statement-file",
    ),
    path("manage/statements/", statements.managed, name="statements"),
    path(OF_ORGANISATION, statements.organisation, name="statement"),
    path(
        f"{OF_ORGANISATION}statement.<str:form>",
        statements.organisation_file,
        name="statement-file",
    ),
    path("manage/prices/", local_prices.local_prices, name="local-prices"),
    path("manage/prices/<slug:slug>/", local_prices.site_prices, name="site-prices"),
    path(WARE, setting.set_price, name="set-price"),
    path(f"{WARE}withdraw/", setting.withdraw_price, name="withdraw-price"),
    path(f"{WARE}planned/", setting.drop_planned, name="drop-planned"),
    path("manage/grids/", drafts.grids, name="grids"),
    path("manage/grids/new/", drafts.begin_draft, name="grid-begin"),
    path("manage/grids/<int:pk>/", drafts.grid, name="grid"),
    path("manage/grids/<int:pk>/name/", drafts.describe_draft, name="grid-describe"),
    path("manage/grids/<int:pk>/vote/", drafts.open_vote, name="grid-vote"),
    path("manage/grids/<int:pk>/adopt/", adopting.adopt_draft, name="grid-adopt"),
    path("manage/grids/<int:pk>/document/", adopting.add_text, name="grid-document"),
    path("manage/grids/<int:pk>/discard/", drafts.discard_draft, name="grid-discard"),
    path(
        "manage/grids/<int:pk>/prices/<str:category>/",
        draft_tables.draft_prices,
        name="grid-prices",
    ),
    path(
        "manage/grids/<int:pk>/bands/<str:category>/", draft_tables.draft_bands, name="grid-bands"
    ),
    path("manage/grids/<int:pk>/off-peak/", draft_tables.draft_off_peak, name="grid-off-peak"),
    path("manage/grids/<int:pk>/passes/", draft_tables.draft_passes, name="grid-passes"),
    path("manage/grids/<int:pk>/passes/<int:offer>/", draft_tables.draft_pass, name="grid-pass"),
    path("manage/grids/<int:pk>/<str:what>/remove/", draft_tables.remove_rows, name="grid-remove"),
    path("manage/cancelling/", cancelling.network, name="cancelling"),
    path("manage/cancelling/sites/<slug:slug>/", cancelling.site, name="site-cancelling"),
    path(
        "manage/cancelling/sites/<slug:slug>/<str:kind>/",
        cancelling.set_of_site,
        name="site-cancelling-set",
    ),
    path(
        "manage/cancelling/sites/<slug:slug>/<str:kind>/withdraw/",
        cancelling.withdraw,
        name="site-cancelling-withdraw",
    ),
    path("manage/cancelling/<str:kind>/", cancelling.set_of_network, name="cancelling-set"),
    path("manage/vat/", vat.regimes, name="vat"),
    path("manage/vat/<int:pk>/", vat.tell, name="vat-tell"),
    path("manage/passes/", sold_passes.sold_passes, name="sold-passes"),
    path("manage/passes/<int:pk>/", sold_passes.correct, name="sold-pass"),
    path("manage/groups/", groups.groups, name="groups"),
    path("manage/groups/new/", groups.grant, name="group-grant"),
    path("manage/groups/<int:pk>/end/", groups.end, name="group-end"),
    path("manage/conformity/", conformity.conformity, name="conformity"),
    path("manage/conformity.csv", conformity.conformity_csv, name="conformity-csv"),
    path("manage/dispersion/", conformity.dispersion, name="dispersion"),
    path("manage/dispersion.csv", conformity.dispersion_csv, name="dispersion-csv"),
]
