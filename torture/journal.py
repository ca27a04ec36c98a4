"""What was seen, line by line as JSON: each line is in the file before anything else happens."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


class Journal:
    """An append-only file; several threads may write to one."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, **entry: Any) -> None:
        """Append one line, whole."""
        os.write(self._file, (json.dumps(entry, ensure_ascii=False) + "\n").encode())

    def sync(self) -> None:
        """Return once all lines are on disk."""
        os.fsync(self._file)


def entries(path: Path) -> Iterator[Entry]:
    """Yield the lines of a journal; none when it was never begun."""
    if path.exists():
        for line in path.read_text().splitlines():
            yield json.loads(line)
