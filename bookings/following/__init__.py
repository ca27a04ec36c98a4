"""What bookings make of a change elsewhere: a place told otherwise, a person who moves address."""
