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
    waiting,
)

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
    path("account/organisations/", organisations.organisations, name="organisations"),
    path("account/calendar/", calendar.calendar_settings, name="calendar-settings"),
]
