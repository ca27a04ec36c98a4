"""Reading bodies."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from network.rules import holds_odd_characters


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no name twice in an object."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body says; any exception is answered as malformed."""
        return json.loads(
            request.body.decode(), parse_constant=refuse_constant, object_pairs_hook=once_each
        )


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and infinities, that JSON does not have."""
    raise ValueError(name)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of `pairs`, refusing a name that comes twice or cannot be told."""
    if any(holds_odd_characters(name) for name, _value in pairs):
        raise ValueError("a name holds a control character")
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a name comes twice")
    return result
