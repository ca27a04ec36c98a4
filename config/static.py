"""Static files as production serves them."""

from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: How Django finds what a module imports; it would look for it in every package's scripts, also in
#: htmx's, whose comments import what is not there.
_, IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]  # untold by the stubs


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Compressed, each under a name that tells its content; kept by browsers for ever.

    Also what our own modules import: an import is written with the name that tells the content, so
    that no page runs a new script with an old part of it.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", IMPORTS))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file, looked up once: a release's names stay."""
        if name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]
