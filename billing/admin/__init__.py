"""Administration of tariffs, for the network team: most rows are shown, their pages write them."""

from billing.admin import grids, issuers, local_prices

__all__ = ["grids", "issuers", "local_prices"]
