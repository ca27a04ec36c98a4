"""Photos, drawn anew: of a file that somebody sent its picture is kept, and nothing else."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

#: Read by what they hold, whatever their name says. SVG may hold scripts, GIF is for jokes.
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 12_000_000
#: Of the announced size, looked at before a pixel is decoded. Decoded, each takes three bytes.
MOST_PIXELS = 50_000_000
#: Pixels; more than any screen shows of a photo beside text.
LONGEST_SIDE = 2_000
QUALITY = 85


def redraw_photo(*, upload: File[Any]) -> ContentFile[bytes]:
    """Return the picture of `upload` as a JPEG upright, bounded, under a name of ours.

    Position, camera, comments and whatever else a file carries behind its picture stay out. Raises
    ValidationError for what is no picture or too large a one.
    """
    if upload.size > MOST_BYTES:
        raise too_large()
    try:
        picture = redrawn(upload)
    except ValidationError:
        raise
    except Exception as error:  # whatever a decoder raises, there is no picture to be had
        raise unreadable() from error
    content = BytesIO()
    picture.save(content, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(content.getvalue(), name=f"{uuid4().hex}.jpg")


def redrawn(upload: File[Any]) -> Image.Image:
    """Return a new picture with the pixels of `upload`, the first if there are several."""
    try:
        source = Image.open(upload, formats=FORMATS)  # reads the head only
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    with source:
        if source.width * source.height > MOST_PIXELS:
            raise too_large()
        source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(source).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture: a converted one would take comments and profiles along.
    picture = Image.new("RGB", upright.size, "white")
    picture.paste(upright, mask=upright)
    return picture


def unreadable() -> ValidationError:
    """Return the refusal of what is no photo."""
    text = _("This is no photo that we can show. Send a JPEG, PNG or WebP file.")
    return ValidationError(text, code="unreadable")


def too_large() -> ValidationError:
    """Return the refusal of a photo of too many bytes or pixels."""
    text = _(
        "This photo is too large. Send one of %(megabytes)d MB and %(megapixels)d million pixels"
        " at most."
    )
    limits = {"megabytes": MOST_BYTES // 10**6, "megapixels": MOST_PIXELS // 10**6}
    return ValidationError(text, code="too_large", params=limits)


class PhotoField(forms.FileField):
    """A photo to send; what comes out is drawn anew."""

    def to_python(self, data: Any) -> Any:
        """Return the redrawn photo, or None when none was sent."""
        upload = super().to_python(data)
        return redraw_photo(upload=upload) if upload else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have browsers offer photos only."""
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,image/webp"}
