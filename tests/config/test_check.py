"""The stages of `make test` start many processes, which share what was compiled."""

import subprocess
import sys
from pathlib import Path

from check import ROOT, bytecode


def test_compiled_python_is_kept_apart_where_it_must_not_lie_beside_the_sources() -> None:
    told = bytecode({"PYTHONDONTWRITEBYTECODE": "1"})

    assert Path(told["PYTHONPYCACHEPREFIX"]) == ROOT / "var" / "bytecode"


def test_python_then_writes_it() -> None:
    told = bytecode({"PYTHONDONTWRITEBYTECODE": "1"})
    asked = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]

    printed = subprocess.run(asked, env=told, capture_output=True, text=True, check=True).stdout

    assert printed == "False\n"


def test_elsewhere_python_keeps_it_where_it_does() -> None:
    assert bytecode({"PATH": "/usr/bin"}) == {}
