"""What every test stands on: engines named at the end, a fixed time, no rest of the test before."""

import gc
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from uuid import uuid4

import hypothesis
import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from billing.showing.asking import networks
from network.jobs import worker
from network.management.commands import work
from tests import lengths, reading
from tests.bookings.guard.throwaway import Template, migrated_template
from tests.engineless import asks_no_engine, nothing_to_ask
from tests.factories import NOW, make_user
from tests.tasks import RunTasks, TaskRow

pytest_plugins = ["tests.sqlite", "tests.chromium"]

# A shared machine is slow at times; how long an example took says nothing about it.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium")
    config.addinivalue_line("markers", "engines: asks an engine, though not by pytest's database")
    config.addinivalue_line("markers", "engineless: put by tests/engineless.py; never by hand")
    config.addinivalue_line("markers", "drawn: put by tests/lengths.py; never by hand")
    config.addinivalue_line("markers", "once: asks rows of whatever engine; SQLite is enough")


@pytest.hookimpl(tryfirst=True)  # before `-m` looks at the marks
def pytest_itemcollected(item: pytest.Item) -> None:
    lengths.mark(item)
    if asks_no_engine(item):
        item.add_marker("engineless")
    elif "template" in getattr(item, "fixturenames", ()):
        # Else pytest-django migrates nothing when no other test of the run asks for it.
        item.add_marker("django_db")


@pytest.hookimpl(trylast=True)  # after the order of pytest-django
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright's event loop stays in the thread once it has started.

    Tests of the whole demo come first. A worker begins with a long run of tests: one loads it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    items.sort(key=lambda item: "demo" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Spare the garbage collector all tests, which stay: it would look through them each time.

    Let it look seldom: it takes a tenth of all time, to give back a few tens of megabytes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hold a test to it that it asks no engine, its fixtures too."""
    if item.get_closest_marker("engineless") is None:
        return (yield)
    with nothing_to_ask():
        return (yield)


def engines() -> str:
    cache = str(django_settings.CACHES["default"]["BACKEND"]).rpartition(".")[2]
    return f"engines: {connection.vendor}, {cache}"


def pytest_report_header() -> str:
    return engines()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(engines())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Template]:
    """Copy the database as soon as it is migrated: migrating another takes seconds."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            folder = tmp_path_factory.mktemp("template")
            template = stack.enter_context(migrated_template(folder))
        yield template


@pytest.fixture(scope="session")
def template(django_db_setup: Template) -> Template:
    """Return a migrated database to copy, for processes that commit and die."""
    return django_db_setup


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """Give each test keys of its own: clearing would empty a Redis that others use too.

    What processes keep of prices goes as well.
    """
    usual, own = django_settings.CACHES, {"KEY_PREFIX": uuid4().hex}
    if request.node.get_closest_marker("engineless"):
        usual = dict.fromkeys(usual, {"BACKEND": "tests.engineless.NoCache"})
    settings.CACHES = {alias: one | own for alias, one in usual.items()}
    networks.clear()
    yield
    caches.close_all()


@pytest.fixture(autouse=True)
def _tasks_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no two tasks be enqueued at one instant: a stopped clock leaves their order to chance."""
    enqueued, later = DBTaskResult._meta.get_field("enqueued_at"), count()

    def pre_save(row: TaskRow, add: bool) -> object:
        if add:
            row.enqueued_at = timezone.now() + timedelta(microseconds=next(later))
        return row.enqueued_at

    monkeypatch.setattr(enqueued, "pre_save", pre_save)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Leave no language to the next test: a page asked for in English would."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _reading_writes_nothing() -> Iterator[None]:
    """Fail the test in which a GET wrote to the database (`tests/reading.py`)."""
    reading.written.clear()
    yield
    assert not reading.written, "\n".join(reading.written)


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Stop every clock of this process at `NOW`; the traveller can be moved on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(client: Client) -> Client:
    """Sign in somebody who may do everything in the administration."""
    client.force_login(make_user("boss@maillage.example", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker run inside the test's transaction, whose connection it would close."""
    for module in (db_worker, worker, work):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def run_tasks(one_connection: None) -> RunTasks:
    """Return what runs every ready task as the worker does, and then answers the finished ones."""
    return run_ready_tasks


def run_ready_tasks(*, may_fail: bool = False) -> list[TaskRow]:
    before = set(DBTaskResult.objects.finished().values_list("id", flat=True))
    work.run_all(worker.Worker(interval=0))
    results = list(DBTaskResult.objects.finished().exclude(id__in=before).order_by("enqueued_at"))
    failures = [result.traceback for result in results if result.traceback]
    assert may_fail or not failures, "\n".join(failures)
    return results
