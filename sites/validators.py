"""Where migrations look for what no field may hold."""

from network.validators import validate_calendar

__all__ = ["validate_calendar"]
