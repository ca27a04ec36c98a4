"""Tariffs, what is paid with, and what is owed."""

from billing.models.charges import Charge
from billing.models.grids import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from billing.models.groups import GroupMembership
from billing.models.issuers import VatRegime
from billing.models.ledger import Account, Checkpoint, Transfer
from billing.models.local_prices import LocalPrice, Subsidy
from billing.models.passes import Pass, PassBearer
from billing.models.policies import CancellationPolicy
from billing.models.statements import ClosedStatement
from billing.models.votes import Comment, Elector, Proposal, Vote

__all__ = [
    "Account",
    "Band",
    "CancellationPolicy",
    "Charge",
    "ClosedStatement",
    "Checkpoint",
    "Comment",
    "Elector",
    "GridPrice",
    "GroupMembership",
    "LocalPrice",
    "OffPeak",
    "Pass",
    "PassBearer",
    "PassOffer",
    "Proposal",
    "Subsidy",
    "TariffGrid",
    "Transfer",
    "VatRegime",
    "Vote",
]
