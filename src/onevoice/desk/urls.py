"""The desk of each group, and where one lands after signing in."""

from django.urls import path

from . import pages

app_name = "desk"
urlpatterns = [
    path("desk", pages.desks, name="desks"),
    path("<slug:group>/desk", pages.desk, name="desk"),
]
