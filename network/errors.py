"""A refusal: what a person may not do, said so that they know what to do instead."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A domain rule said no. `code` is for machines, `message` for people.

    Subclasses set `code`; the HTTP status of each code is decided in `api/errors.py` alone.
    """

    code = "refused"
    #: The part of what was asked that is in the way, by its name there, if it is one.
    about = ""
    #: Of the booking that is in the way, if one is.
    reference = ""

    def __init__(self, message: str | Promise, *, about: str = "") -> None:
        super().__init__(message)
        self.message, self.about = message, about or self.about
