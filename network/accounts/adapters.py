"""How allauth meets the project: its mail goes through our queue, its passkeys bear our name."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from qrcode import make as make_qr
from qrcode.image.svg import SvgPathFillImage

from network.accounts.bounds import ASKED_FOR, may_ask_for
from network.accounts.clients import client_address
from network.accounts.sealing import seal, unseal_or_chance
from network.accounts.staying import note_wish, settle, take_wish
from network.addresses import canonical, validated
from network.jobs.tasks import send_email
from network.language import page_language
from network.models import User

#: Steps of signing in, and ours in their place.
OWN_STAGES = {
    "allauth.account.stages.EmailVerificationStage": "network.accounts.stages.AddressStage"
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts of people."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail as a task row, so that no page waits for, or fails with, a mail server.

        Whoever asks for too many gets the same page, and no mail.
        """
        if template_prefix in ASKED_FOR and not may_ask_for(self.request, email):
            return
        words = {"request": self.request, "email": email, "public_url": settings.PUBLIC_URL}
        with override(language_of(email, context)):
            mail = self.render_mail(template_prefix, email, words | context)
        send_email.enqueue({"subject": mail.subject, "body": str(mail.body), "to": list(mail.to)})

    def clean_email(self, email: str) -> str:
        """Return the canonical form of an address that reaches allauth by any other way."""
        return validated(email)

    def get_login_stages(self) -> list[str]:
        """Return the steps of signing in."""
        return [OWN_STAGES.get(one, one) for one in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse | None:
        """Keep whether they ticked to stay signed in, then go on to the further steps."""
        note_wish(request)
        answer: HttpResponse | None = super().pre_login(request, user, **told)
        return answer

    def login(self, request: HttpRequest, user: User) -> None:
        """Let in who has taken every step, for as long as they ticked; forget a sign-up begun."""
        is_to_stay = take_wish(request)
        request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        super().login(request, user)
        settle(request, is_to_stay=is_to_stay)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark an address as its owner's, unless another account was faster to have it."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            words = {"email": email_address.email}
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, words)
            return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom limits count. Raises PermissionDenied when nothing tells."""
        if address := client_address(request):
            return address
        raise PermissionDenied("Unable to determine client IP address")

    def is_safe_url(self, url: str) -> bool:
        """Tell whether one may be sent to `url` afterwards: a path, or a page of `PUBLIC_URL`."""
        public = urlsplit(settings.PUBLIC_URL)
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={public.netloc}, require_https=public.scheme == "https"
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed sign-ins by account, whatever the Host header and the spelling."""
        return canonical(credentials["email"])

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """Tell whether to ask who is there; raise ReauthenticationRequired to have a code asked.

        allauth itself asks nothing of who has neither a password nor a second factor.
        """
        is_asked = bool(super().is_reauthentication_required(app=app, **told))
        if is_asked and has_codes_alone(self.request.user) and not has_typed_code(self.request):
            raise ReauthenticationRequired
        return is_asked

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Return how somebody shows that it is them; by a code who has no other way."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not ways and user.is_authenticated:
            return [{"id": "code", "url": reverse("account_reauthenticate_code")}]
        return ways

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account page, where a message says that it is done."""
        return reverse("account")


def has_codes_alone(person: User) -> bool:
    """Tell whether codes by e-mail are the person's only way in."""
    return not get_reauthentication_flows(person)


def has_typed_code(request: HttpRequest) -> bool:
    """Tell whether the person typed a code that was sent to them a short while ago."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(one["method"] == "code" and one["at"] > since for one in records)


def language_of(email: str, context: dict[str, Any]) -> str:
    """Return the language that the reader of a mail has chosen, else that of the page."""
    reader = context.get("user")
    if isinstance(reader, User):
        return str(reader.language)
    chosen = User.objects.filter(email=email).values_list("language", flat=True).first()
    return chosen or page_language()


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Passkeys and second factors of people."""

    def encrypt(self, text: str) -> str:
        """Keep seeds of second factors and recovery codes encrypted."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read them again."""
        return unseal_or_chance(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of `PUBLIC_URL`, whatever Host is asked; name the product."""
        host = urlsplit(settings.PUBLIC_URL).hostname or ""
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}

    def build_totp_svg(self, url: str) -> str:
        """Draw the square to scan on white, for it is shown in dark pages too."""
        drawing: str = make_qr(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return drawing
