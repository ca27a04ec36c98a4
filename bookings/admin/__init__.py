"""Administration of bookings, and of places where people have booked."""

from bookings.admin import bookings, places

__all__ = ["bookings", "places"]
