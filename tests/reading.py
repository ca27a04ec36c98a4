"""A GET changes nothing: what it asks of the database is looked at in every test of every page.

Browsers, mail scanners and search engines follow links by themselves. Only the session may be
written: who looks at pages, since when, and what they typed; a program's token is its session.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: A statement that writes, and the table it writes to.
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
SESSION_TABLES = {"django_session", "usersessions_usersession"}
#: When a token was last used; that recovery codes were shown, which allauth notes by itself.
NOTED_BY_LOOKING = re.compile(
    r'UPDATE "(network_apitoken" SET "last_used_at" = \S+ WHERE|mfa_authenticator" SET "data" =)'
)
#: What requests of the present test wrote that should only read; the suite's fixture looks here.
written: list[str] = []


def only_reads(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note every write of a request that should only read."""

    def follow(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        with connection.execute_wrapper(noting(f"{request.method} {request.path}")):
            return get_response(request)

    return follow


def noting(asked: str) -> Callable[..., Any]:
    """Return a wrapper of statements that notes those which write outside the session."""

    def wrap(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[1] not in SESSION_TABLES and not NOTED_BY_LOOKING.match(sql):
            written.append(f"{asked} wrote: {sql[:200]}")
        return execute(sql, params, many, context)

    return wrap
