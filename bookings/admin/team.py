"""The group of the network team: what those who run the network need, by name."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

NAME = "Network team"
#: model → what the team may do with it; a default permission, or one of the model's own.
POWERS = {
    "network.user": "view add change",
    "network.organisation": "view add change",
    "network.membership": "view add change delete appoint_managers",
    "network.apitoken": "revoke_any_token",
    "network.region": "view",
    "network.departement": "view",
    "network.epci": "view",
    "network.commune": "view",
    "network.territory": "view add change delete",
    "sites.site": "view add change",
    "sites.space": "view add change",
    "sites.unit": "view add change",
    "sites.openinghours": "view add change delete",
    "sites.closure": "view add change delete",
    "sites.stop": "view add change delete",
    "sites.photo": "view add change delete",
    "sites.videoendpoint": "view add change delete",
    "sites.transitstop": "view add change delete",
    "sites.partner": "view add change delete",
    "sites.speedmeasurement": "view add change delete",
    "sites.funding": "view add change delete",
    "sites.sitelabel": "view add change delete",
    "sites.service": "view add change",
    "sites.specialisation": "view add change",
    "sites.equipment": "view add change",
    "sites.label": "view add change",
    "sites.labelversion": "view add change",
    "billing.tariffgrid": "view adopt_tariffgrid",
    "subscriptions.plan": "manage_plans",
    "billing.localprice": "view",
    "billing.subsidy": "view add change",
    "billing.vatregime": "view",
    "billing.cancellationpolicy": "view change",
    "bookings.booking": "view manage_any_booking exceed_quotas",
    "bookings.allocation": "view",
    "billing.groupmembership": "view add change delete",
    "django_tasks_database.dbtaskresult": "view",
}


@transaction.atomic
def network_team() -> Group:
    """Return the group, made with its powers at the first asking and then left as it is."""
    group, is_new = Group.objects.get_or_create(name=NAME)
    if is_new:
        group.permissions.set(powers())
    return group


def lacking(group: Group) -> list[Permission]:
    """Return which of the present powers a group made by an earlier release has not."""
    held = set(group.permissions.values_list("pk", flat=True))
    return [one for one in powers() if one.pk not in held]


@transaction.atomic
def complete(group: Group) -> None:
    """Give a group the powers that it lacks; what else it was given stays."""
    group.permissions.add(*lacking(group))


def powers() -> list[Permission]:
    """Return the permissions of `POWERS`. Raises Permission.DoesNotExist for one of none."""
    return [
        Permission.objects.select_related("content_type").get(
            content_type__app_label=app_label,
            content_type__model=model,
            codename=f"{word}_{model}" if word in {"view", "add", "change", "delete"} else word,
        )
        for name, words in POWERS.items()
        for app_label, model in [name.split(".")]
        for word in words.split()
    ]
