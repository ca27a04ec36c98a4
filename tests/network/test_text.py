"""What people typed, made fit for calendars and headers."""

import unicodedata
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from network.jobs.tasks import deliver
from network.mails.wire import Message
from network.text import mailto, many_lines, one_line
from tests.mails import read

LINE_ENDS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
UNSEEN = ["\x00", "\x07", "\x1b", "\x1f", "\x7f", "\x80", "\x9f", "\ud800", "\u202e", "\u2066",
          "\ufeff"]  # fmt: skip


@pytest.mark.parametrize("sign", LINE_ENDS)
def test_whatever_ends_a_line_somewhere_ends_a_line(sign: str) -> None:
    assert many_lines(f"Code 1234{sign}Sonnez") == "Code 1234\nSonnez"
    assert one_line(f"La Fabrique{sign}du Val") == "La Fabrique du Val"


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_does_not_show_is_taken_out(sign: str) -> None:
    assert many_lines(f"Code {sign}1234") == one_line(f"Code {sign}1234") == "Code 1234"


@pytest.mark.parametrize("text", ["9\u00a0h\u00a030", "👩‍💻 d’Œting, 1 000 €", "naïve"])
def test_what_shows_stays(text: str) -> None:
    assert many_lines(text) == one_line(text) == text


@given(st.text(st.characters()))
def test_any_text_is_one_line_that_can_be_sent(text: str) -> None:
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
    assert all(unicodedata.category(sign) not in ("Cc", "Cs") for sign in line)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("lea@maillage.example", "mailto:lea@maillage.example"),
        ("lea+bureau@maillage.example", "mailto:lea+bureau@maillage.example"),
        ("a%b?c#d&e;f@maillage.example", "mailto:a%25b%3Fc%23d%26e%3Bf@maillage.example"),
        ('"a b"@maillage.example', "mailto:%22a%20b%22@maillage.example"),
        ("léa@mairie-villé.example", "mailto:l%C3%A9a@xn--mairie-vill-lbb.example"),
        (f"lea@{'é' * 70}.example", f"mailto:lea@{'%C3%A9' * 70}.example"),
    ],
)
def test_a_mailto_address_is_ascii_and_percent_encoded(address: str, written: str) -> None:
    assert mailto(address) == written


@pytest.mark.parametrize(
    "subject",
    [
        "Votre code : 123456",
        "Your code is 123456",
        "Réservation confirmée : La Fabrique, mardi 24 novembre, 9\u00a0h\u00a0–\u00a012\u00a0h",
        "Réservation confirmée : " + "é" * 120,
        "a" * 100,
        "Booking confirmed: " + "a" * 100,
        "😀" * 50,
    ],
)
def test_a_subject_begins_on_the_line_of_its_name(subject: str) -> None:
    deliver(Message(subject=subject, body="Bonjour", to=["lea@maillage.example"]))
    sent: Any = mail.outbox[0].message()
    raw = sent.as_bytes(linesep="\r\n")

    (line,) = [one for one in raw.split(b"\r\n") if one.startswith(b"Subject:")]
    assert len(line) > len(b"Subject: ")
    assert line.strip() != b"Subject:"
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 120
    assert BytesParser(policy=default).parsebytes(raw)["Subject"] == subject


@pytest.mark.parametrize("sign", [*LINE_ENDS, *UNSEEN])
def test_no_subject_can_add_a_header(sign: str) -> None:
    subject = f"La{sign}Bcc: x@y.example"
    deliver(Message(subject=subject, body="Bonjour", to=["lea@maillage.example"]))

    received = read(mail.outbox[0])

    assert received["Bcc"] is None
    assert received["Subject"].endswith("Bcc: x@y.example")
