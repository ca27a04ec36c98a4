"""What an example of the API's document is."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A request under `/api/v1` and what it is answered."""

    request: str
    answer: Json | str
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200

    @property
    def method(self) -> str:
        """Return the HTTP method."""
        return self.request.partition(" ")[0]

    @property
    def media_type(self) -> str:
        """Return what the answer is written in."""
        return "text/calendar" if isinstance(self.answer, str) else "application/json"

    @property
    def path(self) -> str:
        """Return the path below the API's address, with its query."""
        return self.request.partition(" ")[2]
