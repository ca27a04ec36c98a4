"""Whose account an address opens once somebody has shown that they read its mail."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from network.language import page_language
from network.models import User


@transaction.atomic
def account_of(*, email: str) -> tuple[User, bool]:
    """Return the account that a canonical, proven address opens, made if there is none.

    The second value says whether it lost a password. Whoever knew it never showed that the
    address is theirs: somebody may have signed up with an address of which they read no mail, and
    would share the account of whom it belongs to. Of two at once, one makes the account.
    """
    person = found(email) or made(email)
    if not person.is_active or EmailAddress.objects.filter(email=email, verified=True).exists():
        return person, False
    keep_proven(person, email)
    return person, drop_unproven_password(person)


def found(email: str) -> User | None:
    """Return who has the address; one that another account only asks for is nobody's."""
    proven = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return proven.user if proven else User.objects.filter(email=email).first()


def made(email: str) -> User:
    """Return a new account without password, or the one that was faster."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, language=page_language())
    except IntegrityError:
        return User.objects.get(email=email)


def keep_proven(person: User, email: str) -> None:
    """Say that the address is the person's; who only asked for it does so in vain."""
    EmailAddress.objects.filter(email=email, verified=False).exclude(user=person).delete()
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=email).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )


def drop_unproven_password(person: User) -> bool:
    """Make a password useless with which nobody has ever come in; tell whether there was one."""
    if person.last_login is not None or not person.has_usable_password():
        return False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return True
