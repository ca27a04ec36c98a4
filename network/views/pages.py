"""Pages that the law asks for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.jobs.retention import KEPT


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far the pages can be used by everybody, and whom to write to."""
    return render(request, "network/accessibility.html", contacts())


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes and hosts the site."""
    return render(request, "network/legal.html", contacts())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which personal data are kept, why and for how long."""
    return render(request, "network/privacy.html", contacts() | {"kept": KEPT})


def contacts() -> dict[str, Any]:
    """Return who answers for this deployment."""
    return {
        "publisher": settings.PUBLISHER,
        "publication_director": settings.PUBLICATION_DIRECTOR,
        "hosting": settings.HOSTING,
        "contact_email": settings.CONTACT_EMAIL,
        "public_url": settings.PUBLIC_URL,
        "tile_host": settings.TILE_HOST.netloc,
    }
