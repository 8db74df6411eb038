"""The address of a file: one, whatever the reader's language."""

from django.urls import URLPattern, re_path

from . import pages

urlpatterns: list[URLPattern] = []
bare = [
    re_path(
        r"^(?P<group>[-a-zA-Z0-9_]+)/files/(?P<prefix>[0-9a-f]{32})/(?P<name>[^/]+)$", pages.file, name="file"
    ),
]
