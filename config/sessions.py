"""Sessions as rows; a database that cannot keep one is said to be away, as anywhere else."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from network.faults import fault_of


class SessionStore(db.SessionStore):
    """Django's, which takes every failure of the database for a session ended meanwhile: a 400."""

    def save(self, must_create: bool = False) -> None:
        """Keep the session. Raises UpdateError when it has ended, else what the database does."""
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and fault_of(cause):
                raise cause from cause.__cause__
            raise
