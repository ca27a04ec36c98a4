"""A GET changes nothing: what it asks of the database is looked at in every test of every page.

Browsers, mail scanners and search engines follow links by themselves. Only the session may be
written: who looks at pages, since when, and what they typed; a program's token is its session.
What is not known to read is taken for a write.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: Comments, texts and quoted names, in which any word may stand.
SILENT = re.compile(r"--[^\n]*|/\*.*?\*/|'[^']*'|\"[^\"]*\"", re.DOTALL)
#: How a statement that reads begins, or one that only opens or ends a transaction.
READS = re.compile(
    r"\s*\(?\s*(?:SELECT|WITH|EXPLAIN|SHOW|SET|PRAGMA|BEGIN|SAVEPOINT|RELEASE|ROLLBACK)\b"
)
#: What no such statement holds, but for a lock of rows.
WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|INTO|NEXTVAL|SETVAL)\b|;\s*\S")
LOCK = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b")
#: The rows of sessions; when a token was last used; that recovery codes were shown (allauth); and
#: the probe that asks SQLite to write, and undoes it.
BY_LOOKING = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?:django_session|usersessions_usersession)"'
    r'|UPDATE "network_apitoken" SET "last_used_at" = \S+ WHERE'
    r'|UPDATE "mfa_authenticator" SET "data" = \S+ WHERE'
    r"|CREATE TABLE readyz_probe "
)
#: What requests of the present test wrote that should only read; the suite's fixture looks here.
written: list[str] = []


def is_write(sql: str) -> bool:
    """Tell whether a statement may change more than the session."""
    told = LOCK.sub("", SILENT.sub(" ", sql).upper())
    is_reading = READS.match(told) and not WRITES.search(told)
    return not is_reading and not BY_LOOKING.match(sql)


def only_reads(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note every write of a request that should only read, also while its answer streams."""

    def follow(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        asked = f"{request.method} {request.path}"
        with connection.execute_wrapper(noting(asked)):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = streamed(iter(response), asked)
        return response

    return follow


def streamed(parts: Iterator[bytes], asked: str) -> Iterator[bytes]:
    """Yield the parts of an answer, noting what is written for each."""
    while True:
        with connection.execute_wrapper(noting(asked)):
            part = next(parts, None)
        if part is None:
            return
        yield part


def noting(asked: str) -> Callable[..., Any]:
    """Return a wrapper of statements that notes those which write outside the session."""

    def wrap(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if is_write(str(sql)):
            written.append(f"{asked} wrote: {str(sql)[:200]}")
        return execute(sql, params, many, context)

    return wrap
