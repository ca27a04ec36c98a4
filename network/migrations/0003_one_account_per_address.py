"""Addresses are canonical: plain uniqueness suffices, for accounts and for allauth's rows."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("network", "0002_canonical_addresses")]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="user_email_unique_whatever_case"),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX network_address_of_one_account ON account_emailaddress (email)",
            "DROP INDEX network_address_of_one_account",
        ),
    ]
