"""Who comes to an employer, is invited or leaves, and what belongs to it, changes in turn."""

from network.models import Organisation


def lock_employer(organisation: Organisation) -> Organisation:
    """Return an organisation as it is now, locked. Raises Organisation.DoesNotExist."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
