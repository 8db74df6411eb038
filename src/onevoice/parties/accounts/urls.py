"""Addresses under /accounts/: ours, and those of django-allauth that are used, with the names that it asks for.

What is not listed here is not there: signing up, several addresses of one account, codes by mail, other sites' logins.
"""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic.base import RedirectView

from . import address_pages, calendar, closing_pages, letters_off, pages, passkeys, sessions

ours = (
    [
        path("invitation/<str:token>", pages.invitation, name="invitation"),
        path("profile", pages.profile, name="profile"),
        path("letters/off/<str:token>", letters_off.page, name="letters-off"),
        path("calendar", calendar.change, name="calendar"),
        path("acting", pages.acting, name="acting"),
        path("close", closing_pages.close, name="close"),
        path("closed", closing_pages.closed, name="closed"),
        path("address", address_pages.address, name="address"),
        path("address/<str:token>", address_pages.confirm, name="address-confirm"),
    ],
    "parties",
)
urlpatterns = [
    path("", include(ours)),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", pages.closed, name="account_signup"),
    path("email/", RedirectView.as_view(pattern_name="parties:profile"), name="account_email"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/webauthn/login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.page, name="usersessions_list"),
]
