"""The settings, all from the environment; docs/operations.md says what each is for.

A wrong value stops the start with its name. What `serve` refuses stands in refuse.py.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_noop

from onevoice.operations import given
from onevoice.operations.mode import Mode, chosen
from onevoice.operations.rooms import HOUSE, has, rooms

MODE = chosen()
DEMONSTRATION = MODE is Mode.DEMO
DEBUG = False

# --- the house ---------------------------------------------------------------------------------------------
ROOMS = rooms()
INSTALLED_APPS = [
    *(f"onevoice.{room}" for room in ROOMS),
    "onevoice.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]
ROOT_URLCONF = "onevoice.operations.urls"
WSGI_APPLICATION = "onevoice.operations.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if has("parties", "models", "class Account("):
    AUTH_USER_MODEL = "parties.Account"

_LANGUAGE = "onevoice.languages.web.LanguageMiddleware"
MIDDLEWARE = [
    "onevoice.operations.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Tests take back what they did, which nothing else can; there the state would seem to be the same.
    *(["onevoice.enact.kept.kept_middleware"] if MODE is not Mode.TEST else []),
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "onevoice.operations.away.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    _LANGUAGE
    if has("languages", "web", "class LanguageMiddleware")
    else "django.middleware.locale.LocaleMiddleware",
    "onevoice.look.errors.problems_middleware",
    "django.middleware.common.CommonMiddleware",
    *(
        ["onevoice.enact.large.LargeFormMiddleware"]
        if has("enact", "large", "class LargeFormMiddleware")
        else []
    ),
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if has("enact", "middleware", "def standing_middleware"):
    MIDDLEWARE.append("onevoice.enact.middleware.standing_middleware")
    MIDDLEWARE.append("onevoice.parties.accounts.middleware.SecondFactorMiddleware")
    MIDDLEWARE.append("onevoice.parties.accounts.middleware.LargeAccountFormMiddleware")
    MIDDLEWARE.append("onevoice.parties.accounts.middleware.WrongAccountFormMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
if has("look", "context", "def frame"):
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("onevoice.look.context.frame")  # type: ignore[index]

FORM_RENDERER = "onevoice.look.forms.Renderer"
CSRF_FAILURE_VIEW = "onevoice.parties.accounts.shown_again.stale_token"

# --- the database, one and three logins ----------------------------------------------------------------------
# Waiting is short: while the database is away, a reader gets the page that says so, not a spinning wheel.
_POOL = {
    "min_size": 1,
    "max_size": given.number("DATABASE_POOL", 8, 1, 200),
    "timeout": 3,
    "reconnect_timeout": 2,
}
DATABASES: dict[str, dict[str, object]] = {}
for _alias, _name in (("default", ""), ("owner", "OWNER_"), ("sequencer", "SEQUENCER_")):
    if _database := given.database(f"{_name}DATABASE_URL"):
        DATABASES[_alias] = _database
if "default" in DATABASES and MODE is not Mode.TEST:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = _POOL  # type: ignore[index]
if "default" not in DATABASES:
    given.problems.append(
        "DATABASE_URL: not set, or wrong; it is the application's login, as docs/operations.md says."
    )

# --- time and languages ----------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", gettext_noop("English")),
    ("fr", gettext_noop("French")),
    ("es", gettext_noop("Spanish")),
    ("ar", gettext_noop("Arabic")),
    ("ru", gettext_noop("Russian")),
    ("zh-hans", gettext_noop("Chinese")),
]
LANGUAGES_BIDI = ["ar"]
LOCALE_PATHS = [str(path) for path in (HOUSE / "locale", HOUSE / "languages" / "locale") if path.exists()]

# --- addresses and transport ------------------------------------------------------------------------------------
ALLOWED_HOSTS = given.words("ALLOWED_HOSTS")
PUBLIC_ADDRESS = given.address("PUBLIC_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if PUBLIC_ADDRESS else []
TLS_PROXY_HEADER = given.text("TLS_PROXY_HEADER")
TLS_CERTIFICATE, TLS_KEY = given.text("TLS_CERTIFICATE"), given.text("TLS_KEY")
if TLS_PROXY_HEADER:
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{TLS_PROXY_HEADER.upper().replace('-', '_')}", "https")
_encrypted = MODE is Mode.SERVE
SECURE_SSL_REDIRECT = _encrypted
SECURE_HSTS_SECONDS = given.number("HSTS_SECONDS", 31_536_000) if _encrypted else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _encrypted
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _encrypted
SESSION_COOKIE_NAME = "onevoice"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- accounts ------------------------------------------------------------------------------------------------
SECRET_KEY = given.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = given.words("SECRET_KEY_FALLBACKS")
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if DEMONSTRATION:  # by the process's entry, never by the environment; see parties/accounts/demonstration.py
    AUTHENTICATION_BACKENDS.append("onevoice.parties.accounts.demonstration.OneClick")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# scrypt: hard on memory, and a fifth of the default's time on a small server; docs/decisions/004-accounts.md.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
if MODE is Mode.TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_ADAPTER = "onevoice.parties.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "onevoice.parties.accounts.forms.SignIn",
    "reset_password": "onevoice.parties.accounts.forms.AskForPassword",
    "reset_password_from_key": "onevoice.parties.accounts.forms.NewPassword",
    "change_password": "onevoice.parties.accounts.forms.ChangePassword",
    "set_password": "onevoice.parties.accounts.forms.SetPassword",
    "reauthenticate": "onevoice.parties.accounts.forms.PasswordAgain",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come by invitation: the mailed link has shown the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# The library's own would keep each address that asked for a password, and let it sign in for ever.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = given.number("TRUSTED_PROXIES", 0, 0, 10)
MFA_ADAPTER = "onevoice.parties.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "onevoice.parties.accounts.forms.SecondFactor",
    "reauthenticate": "onevoice.parties.accounts.forms.SecondFactorAgain",
    "activate_totp": "onevoice.parties.accounts.forms.AddApp",
    "login_webauthn": "onevoice.parties.accounts.forms.PasskeySignIn",
    "add_webauthn": "onevoice.parties.accounts.forms.AddPasskey",
    "edit_webauthn": "onevoice.parties.accounts.forms.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "OneVoice"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE is not Mode.SERVE
USERSESSIONS_TRACK_ACTIVITY = False  # else every page of a signed-in reader would be a write
# Attempts are counted in the database, so that the limit holds over all processes and nodes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "parties_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- files, style sheets, mail, jobs ---------------------------------------------------------------------------
DATA_FOLDER = Path(given.text("DATA_FOLDER", ".onevoice/data")).absolute()
MEDIA_ROOT = DATA_FOLDER / "files"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "onevoice.files.uploads.Bounded",
]
KEYS_FOLDER = Path(given.text("KEYS_FOLDER", str(DATA_FOLDER / "keys"))).absolute()
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if MODE is Mode.TEST else _HASHED},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE is Mode.TEST
_TLS = given.one_of("EMAIL_TLS", "starttls", "starttls", "implicit", "none")
_SMTP = {
    "host": given.text("EMAIL_HOST", "localhost"),
    "port": given.number("EMAIL_PORT", 587, 1, 65535),
    "username": given.text("EMAIL_USER"),
    "password": given.secret("EMAIL_PASSWORD"),
    "use_tls": _TLS == "starttls",
    "use_ssl": _TLS == "implicit",
    "timeout": 20,
}
# The demonstration sends nothing: its mail is read on its own pages.
MAILERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
}
if MODE is Mode.SERVE:
    MAILERS = {"default": {"BACKEND": "onevoice.notices.smtp.Backend", "OPTIONS": _SMTP}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = given.text("EMAIL_FROM", "onevoice@localhost")
EMAIL_BOUNCES = given.text("EMAIL_BOUNCES")
DKIM_KEY_FILE = given.text("DKIM_KEY_FILE")
DKIM_SELECTOR, DKIM_DOMAIN = given.text("DKIM_SELECTOR", "onevoice"), given.text("DKIM_DOMAIN")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"fetch_job_polling_interval": 1.0, "delete_jobs": "successful"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["error"],
        "level": given.one_of("LOG_LEVEL", "WARNING", "INFO", "WARNING", "ERROR"),
    },
}

if MODE is Mode.SERVE:
    from onevoice.operations.refuse import unsafe_settings

    given.problems += unsafe_settings(globals(), os.environ)
if given.problems:
    raise ImproperlyConfigured("\n".join(given.problems))
