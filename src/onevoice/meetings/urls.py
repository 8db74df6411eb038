"""Addresses of meetings and other events."""

from django.urls import path

from . import feeds, pages

app_name = "meetings"
urlpatterns = [
    path("<slug:group>/events", pages.events, name="events"),
    path("<slug:group>/events.atom", feeds.atom, name="atom"),
    path("<slug:group>/events.ics", feeds.calendar, name="calendar"),
    path("<slug:group>/events/<slug:slug>", pages.event, name="event"),
    path("<slug:group>/events/<slug:slug>.ics", feeds.event_calendar, name="event-calendar"),
]
