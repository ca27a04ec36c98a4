"""The benchmark still runs, on small data: its figures are not looked at, only that it has them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.bookings.guard.throwaway import Template

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="The benchmark measures PostgreSQL")
def test_the_quick_benchmark_measures_everything_it_promises(template: Template) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--tables", template.name],
        cwd=ROOT,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert run.returncode == 0, run.stderr[-4000:]
    figures = re.findall(r"^\| (.*?) \| [\d.]+ \S+ \|", run.stdout, re.MULTILINE)
    for measure in (
        *("api to best SQL", "page to best SQL", "home page", "site page to plainest"),
        "home page, signed in, to plainest",
        *("next half-days of every site", "memory of a web process after 16 searches"),
        *("API to pgbench", "confirming to pgbench with a key", "home page, 6 sites to 2"),
        *("20 quotes", "balance of an account of 2,000 transfers", "the same to one of 1,000"),
    ):
        assert measure in figures
