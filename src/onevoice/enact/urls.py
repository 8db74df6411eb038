"""Addresses of acts, receipts and their reference; calls stand bare, outside the languages."""

from django.urls import path

from . import mailed, pages, reference

app_name = "enact"
urlpatterns = [
    path("docs/acts", reference.acts, name="acts"),
    path("docs/permissions", reference.permissions, name="permissions"),
    path("docs/permissions.csv", reference.permissions_csv, name="permissions-csv"),
    path("<slug:group>/do/<slug:act>/<int:subject>", pages.act_page, name="act"),
    path("<slug:group>/by-mail/<str:token>", mailed.by_mail, name="by-mail"),
    path("<slug:group>/receipts/<slug:key>", pages.receipt, name="receipt"),
    path("<slug:group>/receipts/<slug:key>/file", pages.receipt_kept, name="receipt-file"),
]
bare = [path("api/<slug:group>/do/<slug:act>/<int:subject>", pages.act_call, name="call")]
