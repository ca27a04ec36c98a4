"""What is kept of a photo is its picture: no position, no comment, nothing behind it."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sites import photos
from sites.models import Photo
from sites.photos import redraw_photo
from tests.factories import make_site, make_user
from tests.sites.test_admin import site_fields as sent_back

ORIENTATION, GPS, MAKE, LATITUDE = 0x0112, 0x8825, 0x010F, 2


def file_of(image: Image.Image, form: str = "JPEG", name: str = "a.jpg", **options: Any) -> Any:
    content = BytesIO()
    image.save(content, form, **options)
    return SimpleUploadedFile(name, content.getvalue())


def with_position() -> Any:
    """Return a photo turned on its side, that tells where and with what it was taken."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Camera of Ada"
    exif.get_ifd(GPS)[LATITUDE] = (48.0, 20.0, 33.0)
    return file_of(image, exif=exif, comment=b"at home")


def drawn(upload: Any) -> Image.Image:
    return Image.open(redraw_photo(upload=upload))


def head_of_png(width: int, height: int) -> bytes:
    """Return the start of a PNG that says to be of this size, and nothing of its pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + parts + struct.pack(">I", 9) + b"IDAT"


def refusal_of(upload: Any) -> str | None:
    with pytest.raises(ValidationError) as refusal:
        redraw_photo(upload=upload)
    return refusal.value.code


def test_position_camera_and_comment_are_gone() -> None:
    upload = with_position()
    assert Image.open(upload).getexif().get_ifd(GPS)

    kept = redraw_photo(upload=upload)

    content = kept.read()
    image = Image.open(BytesIO(content))
    assert dict(image.getexif()) == {}
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Ada" not in content
    assert b"at home" not in content


def test_a_photo_taken_on_its_side_is_upright() -> None:
    image = drawn(with_position())

    top, bottom = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert image.size == (20, 40)
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > top[2]
    assert bottom[2] > 200 > 50 > bottom[0]


@pytest.mark.parametrize(
    "behind", [b"<script>alert(1)</script>", b"PK\x03\x04archive", b"<?php ?>"]
)
def test_what_hides_behind_a_picture_is_gone(behind: bytes) -> None:
    upload = file_of(Image.new("RGB", (8, 8)))
    polyglot = SimpleUploadedFile("a.jpg", upload.read() + behind)

    assert behind not in redraw_photo(upload=polyglot).read()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_the_kind_is_read_from_the_content_and_the_name_is_ours(form: str) -> None:
    kept = redraw_photo(upload=file_of(Image.new("RGB", (8, 8)), form, "../../x.php"))

    assert Image.open(kept).format == "JPEG"
    assert kept.name is not None
    assert len(kept.name) == 36
    assert kept.name.endswith(".jpg")


def test_what_is_seen_through_becomes_white() -> None:
    image = drawn(file_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))

    assert image.getpixel((4, 4)) == (255, 255, 255)


def test_a_large_photo_is_made_smaller() -> None:
    assert drawn(file_of(Image.new("L", (4_000, 1_000)))).size == (2_000, 500)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        head_of_png(8, 8),
        b"photo",
    ],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert refusal_of(SimpleUploadedFile("a.jpg", content, "image/jpeg")) == "unreadable"


def test_a_photo_cut_short_is_refused() -> None:
    whole = file_of(Image.effect_noise((200, 200), 50)).read()

    assert refusal_of(SimpleUploadedFile("a.jpg", whole[: len(whole) // 2])) == "unreadable"


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (7_100, 7_100), (10_000, 10_000)])
def test_too_many_pixels_are_refused_before_one_is_decoded(width: int, height: int) -> None:
    upload = SimpleUploadedFile("a.png", head_of_png(width, height))

    assert refusal_of(upload) == "too_large"


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_BYTES", 100)

    assert refusal_of(file_of(Image.new("RGB", (8, 8)))) == "too_large"


@pytest.mark.django_db
def test_the_administration_keeps_the_redrawn_photo_and_refuses_the_rest(client: Client) -> None:
    site = make_site()
    client.force_login(make_user("boss@maillage.example", is_staff=True, is_superuser=True))
    address = f"/admin/sites/site/{site.pk}/change/"
    page = client.get(address)
    fields = sent_back(page) | {"photos-TOTAL_FORMS": "1", "photos-0-alternative": "Façade"}
    fields |= {"photos-0-site": site.pk, "photos-0-position": "0"}

    refused = client.post(
        address, fields | {"photos-0-image": SimpleUploadedFile("a.png", b"<svg/>")}
    )
    saved = client.post(address, fields | {"photos-0-image": with_position()})

    assert (refused.status_code, saved.status_code) == (200, 302)
    photo = Photo.objects.get()
    assert str(photo.image).startswith("sites/")
    assert Image.open(photo.image).size == (20, 40)
    assert 'accept="image/jpeg,image/png,image/webp"' in page.content.decode()
