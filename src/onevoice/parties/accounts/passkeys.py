"""Signing in by a passkey alone, when it fails: the page of signing in says so, whatever the reason."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

REFUSED = "passkey=refused"


class SignIn(LoginWebAuthnView):
    """django-allauth's, which has no words for it where nothing carries messages from page to page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('account_login')}?{REFUSED}", status=303)


sign_in = SignIn.as_view()
