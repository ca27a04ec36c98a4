"""Mail to people about their account that no page of theirs asked for."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from network.mails.wire import Message


def address_corrected(address: str, language: str) -> Message:
    """Tell the owner of a corrected address, in their language, how to confirm it."""
    with translation.override(language):
        return letter(address, _("Your account now has this address"), "address_corrected")


def address_taken_away(address: str, language: str) -> Message:
    """Tell a former address that it opens the account no more; the new one is not its business."""
    with translation.override(language):
        return letter(address, _("The address of your account has changed"), "address_taken_away")


def letter(address: str, subject: str, template: str) -> Message:
    """Return a mail in the present language."""
    words = {"public_url": settings.PUBLIC_URL, "contact_email": settings.CONTACT_EMAIL}
    body = render_to_string(f"network/email/{template}.txt", words | {"email": address})
    return Message(subject=subject, body=body.strip(), to=[address])
