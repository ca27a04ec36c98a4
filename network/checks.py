"""What `manage.py check` says of the settings of accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def proxies_are_told(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn when production does not say how many proxies stand in front."""
    if settings.DEBUG or settings.TRUSTED_PROXY_COUNT_IS_TOLD:
        return []
    return [
        Warning(
            "TRUSTED_PROXY_COUNT is not set: behind a proxy, all callers are counted as one.",
            hint="Set it to the number of proxies that add to X-Forwarded-For; 0 if there is none.",
            id="network.W001",
        )
    ]
