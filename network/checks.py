"""What `manage.py check` says of the settings."""

from pathlib import Path
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


def file_is_its_owners(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn when others on the machine may read the file that holds the secrets."""
    path: Path | None = settings.ENV_FILE
    if path is None or not path.stat().st_mode & 0o077:
        return []
    words = f"Others on this machine may read {path}, which holds SECRET_KEY."
    return [Warning(words, hint=f"chmod 600 {path}", id="network.W002")]
