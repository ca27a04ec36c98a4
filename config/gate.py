"""Not to wait again for what was away a moment ago."""

import threading
import time


class Gate:
    """Shut after a failure; then it lets in one caller each `pause_s`, until one succeeds.

    Without it the few threads of a server would all wait for something that is away, each for as
    long as its time-out, and whoever comes after would wait for them.
    """

    def __init__(self, pause_s: float) -> None:
        self.pause_s = pause_s
        self._lock = threading.Lock()
        self._shut_until: float | None = None

    @property
    def is_shut(self) -> bool:
        """Tell whether the last that came through failed."""
        return self._shut_until is not None

    def lets_in(self) -> bool:
        """Tell whether the caller may try."""
        with self._lock:
            if self._shut_until is None:
                return True
            now = time.monotonic()
            if now < self._shut_until:
                return False
            self._shut_until = now + self.pause_s
            return True

    def shut(self) -> None:
        """Let nobody in for a moment."""
        with self._lock:
            self._shut_until = time.monotonic() + self.pause_s

    def open(self) -> None:
        """Let everybody in."""
        with self._lock:
            self._shut_until = None
