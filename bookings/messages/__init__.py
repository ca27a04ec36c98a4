"""What people are told of their bookings, and by what deed: mails, written now and sent later."""
