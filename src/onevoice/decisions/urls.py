"""Addresses of decisions and proposals."""

from django.urls import path

from . import feeds, pages, rules_pages, simulation_pages

app_name = "decisions"
urlpatterns = [
    path("docs/rules", rules_pages.shipped_list, name="rules-list"),
    path("docs/rules/<slug:name>", rules_pages.shipped, name="rules-of"),
    path("docs/rules/<slug:name>/simulation", simulation_pages.shipped, name="simulation-of"),
    path("<slug:group>/rules/<slug:body>/<slug:name>/simulation", simulation_pages.adopted, name="simulation"),
    path("<slug:group>/rules/<slug:body>/<slug:name>", rules_pages.adopted, name="rules"),
    path("<slug:group>/decisions", pages.register, name="register"),
    path("<slug:group>/decisions.atom", feeds.atom, name="atom"),
    path("<slug:group>/decisions/<slug:slug>", pages.decision, name="decision"),
    path("<slug:group>/proposals", pages.proposals, name="proposals"),
    path("<slug:group>/proposals/<slug:slug>", pages.proposal, name="proposal"),
]
