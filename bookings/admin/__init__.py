"""Administration of bookings, and of places where people have booked."""

from bookings.admin import bookings, jobs, places

__all__ = ["bookings", "jobs", "places"]
