"""Addresses of the pages about places and bookings."""

from django.urls import path

from bookings.views import (
    book,
    bookings,
    calendar,
    changing,
    giving_back,
    holding,
    home,
    mail_links,
    network,
    organisations,
    search,
    site,
    together,
    waiting,
)

EMPLOYER = "employer/<int:employer>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("network/<str:code>/", network.departement, name="departement"),
    path("search/", search.search, name="search"),
    path("search/week/", search.week, name="search-week"),
    path("places/", search.suggest, name="suggest"),
    path("sites/<slug:slug>/", site.site, name="site"),
    path("book/<int:space_id>/", book.book, name="book"),
    path("hold/<str:token>/", holding.hold, name="hold"),
    path("bookings/", bookings.bookings, name="bookings"),
    path("bookings/<str:reference>/", bookings.booking, name="booking"),
    path("bookings/<str:reference>/change/", changing.change, name="booking-change"),
    path("bookings/<str:reference>/cancel/", bookings.cancel, name="booking-cancel"),
    path("bookings/waiting/<int:pk>/withdraw/", waiting.withdraw, name="waiting-withdraw"),
    path("bookings/<str:reference>/give-back/", giving_back.give_back, name="booking-give-back"),
    path("bookings/<str:reference>/event.ics", calendar.booking_event, name="booking-event"),
    path("reminders/cancel/<str:token>/", mail_links.cancel, name="booking-cancel-link"),
    path("reminders/stop/<str:token>/", mail_links.stop_reminders, name="reminders-stop"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path(f"{EMPLOYER}book/", together.grid, name="employer-book"),
    path(f"{EMPLOYER}book/check/", together.check, name="employer-book-check"),
    path(f"{EMPLOYER}booked/", together.every, name="employer-booked"),
    path(
        f"{EMPLOYER}booked/<str:reference>/cancel/", together.give_up, name="employer-booked-cancel"
    ),
    path("account/organisations/", organisations.organisations, name="organisations"),
    path("account/calendar/", calendar.calendar_settings, name="calendar-settings"),
]
