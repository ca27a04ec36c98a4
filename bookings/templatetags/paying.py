"""The ways to pay for a booking, in words."""

from django import template

from bookings.charges.paying_words import terms_of_ways

register = template.Library()
register.filter("terms_of_ways", terms_of_ways)
