"""What bookings owe: told to billing, which knows none of them."""
