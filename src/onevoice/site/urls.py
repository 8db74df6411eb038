"""Addresses of the public pages, and the map of all of them. `/<group>/` is the widest pattern: this comes last."""

from django.urls import URLPattern, include, path

from . import pages, record, sitemap

app_name = "site"
urlpatterns: list[URLPattern] = [
    path("", pages.groups, name="groups"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
    path("<slug:group>/", pages.home, name="home"),
    path("<slug:group>/about", pages.about, name="about"),
    path("<slug:group>/about/record", pages.about_record, name="about-record"),
    path("<slug:group>/record", record.record, name="record"),
    path("<slug:group>/record/entries/<int:number>", record.entry, name="entry"),
]
_files = [
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("<slug:group>/record/entries/<int:number>/leaf", record.entry_leaf, name="entry-leaf"),
    path("<slug:group>/record/entries/<int:number>/proof", record.entry_proof, name="entry-proof"),
]
bare = [path("", include((_files, "site-files")))]
