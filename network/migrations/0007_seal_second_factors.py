"""Encrypt the seeds of second factors and recovery codes that lie open; reversible."""

from django.db import migrations

from network.accounts.sealing import over_secrets, seal, unseal

#: Passkeys hold public keys only.
KINDS = ["totp", "recovery_codes"]


def turn_all(apps, turn):
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=KINDS).iterator():
        row.data = over_secrets(row.data, turn)
        row.save(update_fields=["data"])


def encrypt(apps, schema_editor):
    turn_all(apps, seal)


def decrypt(apps, schema_editor):
    turn_all(apps, unseal)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0006_named_permissions"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
