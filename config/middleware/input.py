"""Odd input is refused here, before any view: one rule for each kind, one readable answer for all.

Refused are characters that no text holds, numbers past 64 bits, dates past the calendar, absurd
counts and sizes. What only a database can tell (a value that a column cannot hold) is caught after.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation

from api.errors import problem
from network.rules import holds_odd_characters, is_in_calendar

logger = logging.getLogger(__name__)

#: The longest name of a file that disks take, in bytes: media and static files are looked up there.
LONGEST_SEGMENT = 255
#: No question has more; each may cost a join, and SQLite refuses an expression of a thousand.
MOST_WORDS = 40
#: Lines of one form: a site's week, a space's units. Django itself would build two thousand.
MOST_FORMS = 500
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CHARSETS = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    "messages",
)
LINE_END = re.compile(r"[\t\r\n]")
#: Headers come byte by byte: above ASCII they may be UTF-8.
ODD_IN_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
LARGEST_ID = 2**63 - 1
INTEGER = re.compile(r"\s*[+-]?\d{19,}\s*", re.ASCII)
PLAIN_COUNT = re.compile(r"\d{0,6}", re.ASCII)
FORM_COUNT = re.compile(r"(.+-)?(TOTAL|INITIAL)_FORMS")
DATE_PART = re.compile(r"(?P<field>.+)__(?:iso_)?(?P<part>year|month|day)(?:__\w+)?")
DAY = re.compile(r"(?P<year>\d{4,})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
Answer = Callable[[HttpRequest], HttpResponse]


class OddInput:
    """Refuse what no browser or program of good faith sends; what cannot be kept, too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say that it cannot be read; give an empty 405 its words."""
        forget_odd_cookies(request)
        try:
            look_through(request)
        except RequestDataTooBig:
            return refused(request, "too_large", 413)
        except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
            return refused(request, "unreadable", 400)
        if request.method not in METHODS and not is_for_api(request):
            return not_allowed(request, "GET, HEAD, POST")
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"?"):
            return not_allowed(request, response.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refuse a value that only the database, or the calendar, found too large."""
        if not isinstance(error, DataError | OverflowError):
            return None
        logger.warning("value_past_what_is_held", exc_info=error)
        return refused(request, "unreadable", 400)


def refused(request: HttpRequest, code: str, status: int) -> HttpResponse:
    """Answer in the reader's language, without session or menu: a page, or the API's problem."""
    with translation.override(translation.get_language_from_request(request)):
        if is_for_api(request):
            response = problem(code)
        else:
            response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    response["Cache-Control"] = "no-store"
    return response


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    """Answer that the address is asked otherwise."""
    response = refused(request, "method_not_allowed", 405)
    response["Allow"] = methods
    return response


def is_for_api(request: HttpRequest) -> bool:
    """Tell whether a program waits for the answer."""
    return request.path_info.startswith("/api/")


def forget_odd_cookies(request: HttpRequest) -> None:
    """Take a cookie of ours that cannot be read for one that was not sent.

    Refused, its holder could not even be shown how to be rid of it.
    """
    for name in COOKIES:
        if holds_odd_characters(request.COOKIES.get(name, "")):
            del request.COOKIES[name]


def look_through(request: HttpRequest) -> None:
    """Read all that a form or an address says. Raises BadRequest or SuspiciousOperation.

    What bodies of JSON hold, and the numbers and dates of its queries, the API's own types refuse.
    """
    refuse_if(request.content_params.get("charset", "").lower() not in CHARSETS)  # type: ignore[union-attr]  # set by both handlers
    refuse_if(any(ODD_IN_HEADER.search(value) for value in headers_of(request)))
    refuse_oversize(request)
    refuse_odd_path(request.path_info)
    refuse_odd_fields(request.GET)
    refuse_odd_fields(request.POST)
    if not is_for_api(request):
        refuse_odd_question(request.GET)
    refuse_absurd_counts(request.POST)
    names = [name for field, files in request.FILES.lists() for name in (field, *map(str, files))]
    refuse_if(any(holds_odd_characters(name) for name in names))


def refuse_if(is_odd: bool) -> None:
    """Raise BadRequest if so."""
    if is_odd:
        raise BadRequest


def headers_of(request: HttpRequest) -> Iterator[str]:
    """Return what the headers say."""
    return (str(value) for name, value in request.META.items() if name.startswith("HTTP_"))


def refuse_oversize(request: HttpRequest) -> None:
    """Refuse by the announced length, before a byte is read: photos come to the admin only."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    refuse_if(not (announced.isascii() and announced.isdigit()) or len(announced) > 18)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.path_info.startswith("/admin/"):
        most = settings.MOST_UPLOADED
    if int(announced) > most:
        raise RequestDataTooBig


def refuse_odd_path(path: str) -> None:
    """Refuse control characters, names longer than a file's, numbers that no row has."""
    refuse_if(holds_odd_characters(path) or LINE_END.search(path) is not None)
    for segment in path.split("/"):
        refuse_if(len(segment.encode()) > LONGEST_SEGMENT or is_past_64_bits(segment))


def refuse_odd_fields(fields: QueryDict) -> None:
    """Refuse characters that no text holds, in names and values."""
    refuse_if(any(holds_odd_characters(text) for text in texts_of(fields)))


def texts_of(fields: QueryDict) -> Iterable[str]:
    """Return every name and value."""
    for name, values in fields.lists():
        yield name
        yield from (str(value) for value in values)


def refuse_odd_question(query: QueryDict) -> None:
    """Refuse a query of numbers past 64 bits, of days that are none, of a page of words."""
    texts = texts_of(query)
    refuse_if(any(is_past_64_bits(text) or len(text.split()) > MOST_WORDS for text in texts))
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, text in query.items():
        if found := DATE_PART.fullmatch(name):
            parts[found["field"]][found["part"]] = str(text)
        elif "__" in name and (found := DAY.match(str(text))):
            parts[name] = found.groupdict()
    refuse_if(not all(is_day(**asked) for asked in parts.values()))


def is_past_64_bits(text: str) -> bool:
    """Tell whether `text` is a whole number that no database keeps."""
    if not INTEGER.fullmatch(text):
        return False
    digits = text.strip().lstrip("+-0")
    return len(digits) > 19 or int(digits or "0") > LARGEST_ID


def is_day(year: str = "2000", month: str = "1", day: str = "1") -> bool:
    """Tell whether these parts make a day of the calendar."""
    try:
        return is_in_calendar(date(int(year), int(month), int(day)))
    except (ValueError, OverflowError):
        return False


def refuse_absurd_counts(form: QueryDict) -> None:
    """Refuse sets of forms that say to have, together, more lines than any page of ours."""
    counts = [str(form[name]) for name in form if FORM_COUNT.fullmatch(name)]
    # Django also reads "1_000" and "1e3"-like spellings: browsers write plain digits.
    refuse_if(not all(PLAIN_COUNT.fullmatch(count) for count in counts))
    refuse_if(sum(int(count or 0) for count in counts) > MOST_FORMS)
