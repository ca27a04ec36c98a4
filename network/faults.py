"""What may fail beneath us, told apart from our own mistakes: both engines, one table."""

from enum import StrEnum

from django.db import InterfaceError, InternalError, OperationalError

#: What a database raises that is away, full, read-only or waited for in vain.
DATABASE_FAULTS = (OperationalError, InterfaceError)
#: PostgreSQL's codes (appendix A of its manual): serialisation failure, deadlock, lock not to be
#: had in time, statement cancelled for its time.
BUSY_STATES = {"40001", "40P01", "55P03", "57014"}
#: Read-only: a former primary after a switch-over, or a disk that the administrator closed.
READ_ONLY_STATE = "25006"
#: SQLite's primary result codes (sqlite.org/rescode.html): a mistake in SQL; busy and locked.
SQL_MISTAKE, BUSY_CODES = 1, {5, 6}


class Fault(StrEnum):
    """What to tell of a fault; the value is its code in `api/errors.py`."""

    AWAY = "unavailable"
    BUSY = "busy"

    @property
    def retry_after_s(self) -> int:
        """Return the seconds after which trying again makes sense."""
        return 1 if self is Fault.BUSY else 5


def fault_of(error: BaseException) -> Fault | None:
    """Return what kind of fault an exception tells of; None for a mistake of our own."""
    cause = error.__cause__
    state, code = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, InternalError):
        return Fault.AWAY if state == READ_ONLY_STATE else None
    if not isinstance(error, DATABASE_FAULTS) or code == SQL_MISTAKE:
        return None
    return Fault.BUSY if state in BUSY_STATES or code in BUSY_CODES else Fault.AWAY
