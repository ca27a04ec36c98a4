"""The person who signs in."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    Permission,
    PermissionsMixin,
)
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.addresses import canonical
from network.models.fields import AddressField, LanguageField
from network.rules import Powers


class UserManager(BaseUserManager["User"]):
    """Create people; the e-mail is the log-in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a person with a hashed password (unusable when `None`).

        Raises AddressRefused for what is no address or could be taken for another one.
        """
        user = self.model(email=canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a person of the network team with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Being an employee, manager or official is said by memberships."""

    class Status(models.TextChoices):
        """How somebody works, in the words of the studies that the network follows."""

        PRIVATE_EMPLOYEE = "private_employee", _("Employee of a company or an association")
        PUBLIC_AGENT = "public_agent", _("Public servant")
        SELF_EMPLOYED = "self_employed", _("Self-employed")
        LIBERAL_PROFESSION = "liberal_profession", _("Liberal profession")
        PROJECT_HOLDER = "project_holder", _("Starting a business")
        JOB_SEEKER = "job_seeker", _("Looking for work")
        STUDENT = "student", _("Student")

    email = AddressField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    home_commune = models.ForeignKey(
        "network.Commune",
        verbose_name=_("home commune"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="residents",
    )
    status = models.CharField(
        _("work situation"),
        max_length=20,
        choices=Status,
        blank=True,
        help_text=_("As the person says it, for anonymous statistics."),
    )
    language = LanguageField(
        _("language of mail and calendars"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    wants_reminders = models.BooleanField(
        _("is reminded the day before"),
        default=True,
        help_text=_("One e-mail the day before, with what is booked that day."),
    )
    is_staff = models.BooleanField(
        _("may enter the administration"),
        default=False,
        help_text=_("What they may do there is said by their groups."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    warned_at = models.DateTimeField(_("warned of deletion on"), null=True, editable=False)
    joined_at = models.DateTimeField(_("joined on"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name as the person gave it."""
        return self.name

    def get_short_name(self) -> str:
        """Return what to call the person in a menu."""
        return self.name or self.email.partition("@")[0]

    def powers(self) -> Powers:
        """Return what the person may do, or might if their account were open again."""
        theirs = models.Q(user=self) | models.Q(group__user=self)
        named = Permission.objects.filter(theirs).values_list("content_type__app_label", "codename")
        return Powers(self.is_superuser, frozenset(f"{app}.{name}" for app, name in named))
