"""The steps of signing in that are other than allauth's."""

from allauth.account.stages import EmailVerificationStage
from django.http import HttpRequest


class AddressStage(EmailVerificationStage):  # type: ignore[misc]  # allauth is untyped
    """The code that shows a newcomer's address to be theirs.

    It does not lead the other doors back to itself: somebody who mistyped the address, or who uses
    the same browser, comes in there by another. For an address that has an account already allauth
    never did, which told it from a new one.
    """

    def is_resumable(self, request: HttpRequest) -> bool:
        """Let whoever opens another door in there."""
        return False
