"""Named permissions over other people's bookings; `is_staff` opens the administration, no more."""

#: To see anybody's booking, in pages and API as in the administration.
SEE_ANY = "bookings.view_booking"
#: To make, change and cancel anybody's booking, at any site.
MANAGE_ANY = "bookings.manage_any_booking"
#: To go beyond the quotas for others; managers may at their sites.
EXCEED_QUOTAS = "bookings.exceed_quotas"
