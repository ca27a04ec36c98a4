"""What organisations are in law."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    """Forms of French law, and of the local law of Alsace-Moselle, that run or fund sites.

    Source: INSEE's nomenclature of legal categories (level III), joined where the network makes no
    difference. An association of Alsace-Moselle is under articles 21 to 79-IV of the local civil
    code, and is in a court's register, not in the national one of 1901.
    """

    COMMUNE = "commune", _("Commune")
    EPCI = "epci", _("Group of communes with its own taxes (EPCI)")
    JOINT_SYNDICATE = "joint_syndicate", _("Joint syndicate or rural pole (PETR)")
    DEPARTEMENT = "departement", _("Département, that of Alsace included")
    REGION = "region", _("Region")
    STATE = "state", _("State service")
    PUBLIC_ESTABLISHMENT = "public_establishment", _("Public establishment")
    CHAMBER = "chamber", _("Consular chamber")
    PUBLIC_INTEREST_GROUP = "public_interest_group", _("Public interest group (GIP)")
    LOCAL_PUBLIC_COMPANY = "local_public_company", _("Local public or semi-public company")
    LOCAL_LAW_ASSOCIATION = "local_law_association", _("Association of Alsace-Moselle law")
    ASSOCIATION = "association", _("Association of the law of 1901")
    FOUNDATION = "foundation", _("Foundation")
    MUTUAL = "mutual", _("Mutual society")
    SCIC = "scic", _("Cooperative of collective interest (SCIC)")
    SCOP = "scop", _("Workers’ cooperative (SCOP)")
    SARL = "sarl", _("Limited company (SARL)")
    SAS = "sas", _("Simplified joint-stock company (SAS)")
    SA = "sa", _("Joint-stock company (SA)")
    SOLE_TRADER = "sole_trader", _("Sole trader")
    OTHER = "other", _("Other")
