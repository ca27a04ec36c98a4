"""What other bookings cost since one of their week was cancelled, on its page as in its mail."""

from django import template

from bookings.messages.repriced import repriced_words

register = template.Library()
register.filter(repriced_words)
