"""Sessions as rows; a database that cannot keep one is said to be away, as anywhere else."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from network.faults import fault_of
from network.sql import Given, kept


@kept
def sessions_that_last() -> QuerySet[Session]:
    """Return the session of one key, if it has not ended."""
    key, now = Given("key", CharField()), Given("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's, which takes every failure of the database for a session ended meanwhile: a 400."""

    def _get_session_from_db(self) -> Session | None:
        found = sessions_that_last().read(key=self.session_key or "", now=timezone.now())
        if not found:
            self._session_key = None
        return next(iter(found), None)

    def save(self, must_create: bool = False) -> None:
        """Keep the session. Raises UpdateError when it has ended, else what the database does."""
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and fault_of(cause):
                raise cause from cause.__cause__
            raise
