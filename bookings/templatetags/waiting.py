"""What waits for an employer's approval, in words."""

from django import template

from bookings.employers.telling import waiting_words
from subscriptions.approvals.telling import days_words, site_words

register = template.Library()
register.filter("site_told", site_words)
register.filter("days_told", days_words)
register.filter("waiting_told", waiting_words)
