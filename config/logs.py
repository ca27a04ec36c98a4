"""Structured logs: one event a line, every line of a request with its `request_id`."""

import re
import sys
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

#: The address of a calendar or of a mail's link is its key; a query may hold somebody's position.
KEY = re.compile(r"(/(?:calendar|reminders/cancel|reminders/stop)/)[^/\s]+")
QUERY = re.compile(r"\?\S+")


def without_secrets(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Take keys and queries out of the addresses that a line tells."""
    for name in ("event", "request"):
        if isinstance(text := event.get(name), str):
            event[name] = KEY.sub(r"\1…", text)
    if isinstance(request := event.get("request"), str):
        event["request"] = QUERY.sub("?…", request)
    return event


#: Packages whose news are logged, not only their warnings.
TELLING = ("network", "sites", "billing", "subscriptions", "bookings", "api", "django_structlog")
SHARED_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    without_secrets,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: JSON lines for machines, coloured lines for a developer."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # The console draws tracebacks itself, plainly: with `rich`, its colours and values would
    # take half a second each. In JSON they are one string.
    renderers: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers,
                ],
                "foreign_pre_chain": SHARED_PROCESSORS,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {name: {"level": "INFO"} for name in TELLING},
    }


def request_id_header(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer each request with the id of its log lines, for whoever reports a fault."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request_id := structlog.contextvars.get_contextvars().get("request_id"):
            response.headers["X-Request-ID"] = request_id
        return response

    return middleware
