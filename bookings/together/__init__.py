"""Several people at several sites booked in one operation, on account of their employer."""
