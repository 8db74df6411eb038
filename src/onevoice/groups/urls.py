"""Addresses of members. Under a group's own address, in each language."""

from django.urls import URLPattern, path

from . import house, pages

app_name = "groups"
urlpatterns: list[URLPattern] = [
    path("<slug:group>/house", house.house, name="house"),
    path("<slug:group>/members", pages.members, name="members"),
    path("<slug:group>/members/<slug:slug>", pages.member, name="member"),
]
