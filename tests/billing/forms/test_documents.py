"""A document is a PDF by what it holds, of a bounded size, under a name of ours."""

import re

import pytest
import typst
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.forms.documents import MOST_BYTES, PdfField

WHOLE = b"%PDF-1.7 text\nstartxref\n9\n%%EOF\n"


def test_a_pdf_is_taken_under_a_name_of_ours() -> None:
    sent = SimpleUploadedFile("../délibération.pdf", WHOLE)

    kept = PdfField().clean(sent)

    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", kept.name)
    assert kept.read() == WHOLE


@pytest.mark.parametrize("content", [b"<html>", b"PK\x03\x04", b"%PD"])
def test_what_only_calls_itself_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        PdfField().clean(SimpleUploadedFile("scan.pdf", content, "application/pdf"))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        WHOLE[:-8],
        b"%PDF-1.7 %%EOF",
        b"%PDF-1.7 text\nstartxref\n900\n%%EOF\n",
        WHOLE + b"0" * 1024,
    ],
)
def test_a_pdf_that_lacks_its_end_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(ValidationError, match="not whole|pas entier|unvollständig"):
        PdfField().clean(SimpleUploadedFile("scan.pdf", content, "application/pdf"))


def test_what_the_network_sets_itself_is_whole() -> None:
    made = typst.compile(b"Statement", format="pdf")

    assert PdfField().clean(SimpleUploadedFile("statement.pdf", made)).size == len(made)


def test_a_large_document_is_refused() -> None:
    sent = SimpleUploadedFile("scan.pdf", b"%PDF-" + b"0" * MOST_BYTES)

    with pytest.raises(ValidationError):
        PdfField().clean(sent)
