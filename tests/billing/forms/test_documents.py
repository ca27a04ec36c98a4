"""A document is a PDF by what it holds, of a bounded size, under a name of ours."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.forms.documents import MOST_BYTES, PdfField


def test_a_pdf_is_taken_under_a_name_of_ours() -> None:
    sent = SimpleUploadedFile("../délibération.pdf", b"%PDF-1.7 text")

    kept = PdfField().clean(sent)

    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", kept.name)
    assert kept.read() == b"%PDF-1.7 text"


@pytest.mark.parametrize("content", [b"<html>", b"PK\x03\x04", b"%PD"])
def test_what_only_calls_itself_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        PdfField().clean(SimpleUploadedFile("scan.pdf", content, "application/pdf"))


def test_a_large_document_is_refused() -> None:
    sent = SimpleUploadedFile("scan.pdf", b"%PDF-" + b"0" * MOST_BYTES)

    with pytest.raises(ValidationError):
        PdfField().clean(sent)
