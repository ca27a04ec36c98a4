"""Documents to send: PDF, whole, of a bounded size, under a name of ours.

Nothing is read of what lies between beginning and end: a parser would meet whatever somebody sends.
"""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: How a PDF begins (ISO 32000-1, 7.5.2), whatever its name says.
HEAD = b"%PDF-"
#: How it ends: where its table of objects begins, then a mark (7.5.5), in the last bytes of all.
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
LAST_BYTES = 1024
MOST_BYTES = 5_000_000


class PdfField(forms.FileField):
    """A PDF to send. Raises ValidationError for anything else, and for a large one."""

    def to_python(self, data: Any) -> Any:
        """Return the file under a name of ours, or None when none was sent."""
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            words = _("This document is too large. Send one of %(megabytes)d MB at most.")
            raise ValidationError(words, params={"megabytes": MOST_BYTES // 10**6})
        refuse_no_pdf(upload)
        upload.seek(0)
        upload.name = f"{uuid4().hex}.pdf"
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have browsers offer documents only."""
        return {**super().widget_attrs(widget), "accept": "application/pdf"}


def refuse_no_pdf(upload: Any) -> None:
    """Refuse a file that does not begin and end as a PDF does. Raises ValidationError."""
    upload.seek(0)
    if upload.read(len(HEAD)) != HEAD:
        raise ValidationError(_("This is no PDF document. Send a PDF."))
    upload.seek(max(0, upload.size - LAST_BYTES))
    ends = END.findall(upload.read())
    if not ends or int(ends[-1]) >= upload.size:
        raise ValidationError(_("This PDF is not whole: it lacks its end. Send it again."))
