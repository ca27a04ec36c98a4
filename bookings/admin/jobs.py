"""What the tasks of bookings are called in the administration."""

from django.utils.translation import gettext_lazy as _

from bookings.messages.tasks import send_booking_mail, send_farewell
from bookings.messages.warnings import send_site_warning
from network.admin.jobs import name_tasks

name_tasks(
    {
        send_booking_mail.module_path: _("e-mail of a booking"),
        send_farewell.module_path: _("cancellation to a former address"),
        send_site_warning.module_path: _("warning to a site"),
    }
)
