"""Answer over HTTP on a port that the parent holds: `serve.py FD`, the socket it is bound to."""

import socket
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
#: Seconds that a last answer may take once the server is told to end.
PATIENCE = 5


def main(arguments: list[str]) -> None:
    """Answer until told to end."""
    held = socket.socket(fileno=int(arguments[0]))
    config = uvicorn.Config(
        "config.asgi:application",
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=PATIENCE,
    )
    with suppress(KeyboardInterrupt):  # how it is told to end
        uvicorn.Server(config).run(sockets=[held])


if __name__ == "__main__":
    main(sys.argv[1:])
