"""Every e-mail address in its one form; an account that can have none is closed, not lost.

Of several accounts whose addresses are the same one, the account that spells it canonically keeps
it, else one that verified it, else the oldest. The others are closed under an address that nobody
can have; their allauth row keeps what they wrote, which no look-up finds, for the network team to
read and correct. Claims of one account to the address of another are dropped.
"""

import structlog
from django.db import migrations

from network.addresses import AddressRefused, canonical

logger = structlog.get_logger(__name__)
SET_ASIDE = "account-{}@set-aside.invalid"


def form_of(email):
    try:
        return canonical(email)
    except AddressRefused:
        return None


def make_canonical(apps, schema_editor):
    User = apps.get_model("network", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    former = dict(User.objects.order_by("pk").values_list("pk", "email"))
    holders, homeless = holders_of(former, proven(EmailAddress))
    # First out of the way, then renamed: a constraint folds what is still there.
    for pk in homeless:
        set_aside(User, EmailAddress, pk, former[pk], holders.get(form_of(former[pk])))
    for form, pk in holders.items():
        if form != former[pk]:
            User.objects.filter(pk=pk).update(email=form)
    settle_rows(EmailAddress, holders, {pk: former[pk] for pk in homeless})


def proven(EmailAddress):
    """Return the pairs of account and address that were verified."""
    return set(EmailAddress.objects.filter(verified=True).values_list("user_id", "email"))


def holders_of(former, verified):
    """Return who gets each form, and the accounts for whom none is left."""
    holders = {email: pk for pk, email in former.items() if form_of(email) == email}
    settled = set(holders.values())
    others = [pk for pk in former if pk not in settled]
    homeless = []
    for pk in sorted(others, key=lambda pk: ((pk, former[pk]) not in verified, pk)):
        form = form_of(former[pk])
        if form is None or holders.setdefault(form, pk) != pk:
            homeless.append(pk)
    return holders, homeless


def set_aside(User, EmailAddress, pk, email, holder):
    """Close an account under an address of nobody, keeping what it was in its allauth row."""
    User.objects.filter(pk=pk).update(email=SET_ASIDE.format(pk), is_active=False)
    if not EmailAddress.objects.filter(user_id=pk, email=email).exists():
        is_first = not EmailAddress.objects.filter(user_id=pk, primary=True).exists()
        EmailAddress.objects.create(user_id=pk, email=email, primary=is_first)
    logger.warning(
        "account closed: its address cannot be kept; correct it in the administration",
        account=pk,
        address_is_of_account=holder,
    )


def settle_rows(EmailAddress, holders, homeless):
    """Keep one allauth row for each address, of the account that has it."""
    rows = list(EmailAddress.objects.order_by("pk").values("pk", "user_id", "email", "verified"))
    for row in rows:
        row["form"] = row["email"] if row["user_id"] in homeless else form_of(row["email"])
        row["form"] = row["form"] or row["email"]
        owner = holders.get(row["form"])
        row["is_owned"] = owner == row["user_id"] or homeless.get(row["user_id"]) == row["email"]
        row["is_claim"] = owner is not None and not row["is_owned"]
    rows.sort(key=lambda row: (not row["is_owned"], not row["verified"], row["pk"]))
    kept = {}
    for row in rows:
        if not row["is_claim"]:
            kept.setdefault(row["form"], row)
    keep = {row["pk"] for row in kept.values()}
    for row in rows:
        if row["pk"] not in keep:
            EmailAddress.objects.filter(pk=row["pk"]).delete()
            logger.warning("claim to an address dropped", account=row["user_id"])
    for form, row in kept.items():
        if form != row["email"]:
            EmailAddress.objects.filter(pk=row["pk"]).update(email=form)


def give_back(apps, schema_editor):
    """Give accounts that were set aside what they wrote; they stay closed."""
    User = apps.get_model("network", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for pk in User.objects.filter(email__endswith="@set-aside.invalid").values_list("pk", flat=True):
        row = EmailAddress.objects.filter(user_id=pk).order_by("-primary", "pk").first()
        if row and not User.objects.filter(email=row.email).exists():
            User.objects.filter(pk=pk).update(email=row.email)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(make_canonical, give_back)]
