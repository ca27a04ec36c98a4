"""Who pays which of the grid's prices."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """A customer group of the grid."""

    STANDARD = "standard", _("Standard")
    JOB_SEEKER = "job_seeker", _("Job seeker")
    STUDENT = "student", pgettext_lazy("customer group", "Student")
    RESIDENT = "resident", _("Resident of the intercommunality")
    PUBLIC_BODY = "public_body", _("Public body")
