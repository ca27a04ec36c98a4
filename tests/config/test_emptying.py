"""A test that commits leaves no row to the next one, however the engine is emptied."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from tests.journeys.pages import make_world

#: What migrations make: it stays, or is made anew.
MADE_BY_MIGRATIONS = {ContentType, Permission}


@pytest.mark.django_db(transaction=True)
def test_emptying_leaves_nothing_but_what_migrations_make() -> None:
    make_world()
    kinds = ContentType.objects.count(), Permission.objects.count()

    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)

    filled = {model for model in apps.get_models() if model._default_manager.exists()}
    assert filled == MADE_BY_MIGRATIONS
    assert (ContentType.objects.count(), Permission.objects.count()) == kinds
