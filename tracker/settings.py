"""Every setting, read once from the environment (which beats `.env`); docs/operating.md names each variable.

The defaults are those of production: what is not said is strict.
"""

import datetime as dt
import os
import re
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if _env_file := os.environ.get("ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(_env_file)


def _stop(message: str) -> NoReturn:
    sys.exit(f"tracker: {message}")


def _switch(name: str, *, default: bool) -> bool:
    """A misspelt "true" must not turn a safeguard off, so what is not understood stops the start."""
    words = {"": default, "1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    value = env.str(name, default="").strip().lower()
    if value not in words:
        _stop(f"{name} is {value!r}: expected 1 or 0")
    return words[value]


# --- Who we are -----------------------------------------------------------------------------------
DEBUG = _switch("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
if DEBUG:
    SECRET_KEY = SECRET_KEY or "a key for development only: never use it where others can reach the site"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
if not SECRET_KEY:
    _stop("SECRET_KEY is missing: set it to a long random text in the environment or in .env (or DEBUG=1 to develop)")
if not ALLOWED_HOSTS:
    _stop("ALLOWED_HOSTS is missing: set it to the site's host names, separated by commas (or DEBUG=1 to develop)")

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
if not re.fullmatch(r"https?://[^/?#\s]+", SITE_URL):
    _stop(f"SITE_URL is {SITE_URL!r}: expected an address without a path, such as https://tracker.example")
_host = (urlsplit(SITE_URL).hostname or "").encode("idna").decode().replace(":", "-")
FEED_AUTHORITY = env.str("FEED_AUTHORITY", default="") or _host
"""The name in the ids of what can be followed. They stay for ever, so a site that moves keeps its first name here."""
if not re.fullmatch(r"[A-Za-z0-9._-]+", FEED_AUTHORITY):
    _stop(f"FEED_AUTHORITY is {FEED_AUTHORITY!r}: expected a host name such as tracker.example")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
ADMIN_PATH = env.str("ADMIN_PATH", default="admin/").strip("/") + "/"
if ADMIN_PATH == "/":
    _stop("ADMIN_PATH is empty: expected a path such as admin/")
TWO_PERSON_RULE = _switch("TWO_PERSON_RULE", default=True)
REQUIRE_TOTP = _switch("REQUIRE_TOTP", default=True)

# --- Where things are kept ------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

_database_url = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/tracker.sqlite3")
if not _database_url.startswith(("sqlite://", "postgres://", "postgresql://")):
    # The address may hold a password, and is therefore not repeated.
    _stop("DATABASE_URL names an unknown database: expected sqlite:////absolute/path or postgres://user@host/name")
DATABASES = {"default": env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 16, "timeout": 5}
    # A connection that a restart of the server cut is replaced before a reader meets it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A request for a past edition reads from a database of its own.
DATABASE_ROUTERS = ["agreements.editions.EditionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The application ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "agreements.apps.AgreementsConfig",
    "agreements.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "csp",
    "agreements.apps.SignInsConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
]
MIDDLEWARE = [
    "agreements.views.health.answer_probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "agreements.api.cors.OpenToAll",
    "agreements.views.framing.framing",
    "agreements.views.moments.PublicPages",
    "agreements.views.packing.Packing",
    "agreements.views.moments.CarryOn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agreements.views.context.site",
            ],
        },
    },
]
# The reason of a change is a text in every history. Given to `HistoricalRecords` as a field, all histories would share
# that one field, and bulk updates of any would write into the table of the last.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- Signing in -----------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 12 * 60 * 60
"""Seconds from signing in to signing in again, at work or not."""
OTP_TOTP_ISSUER = "Third Country Tracker"
AXES_HANDLER = "agreements.admin.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], ["ip_address"]]
AXES_FAILURE_LIMIT = 5
"""Failures under one name from one address."""
FAILURES_FROM_ADDRESS = 20
"""Failures from one address, under whatever names."""
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# Who is locked out and asks on does not wait longer for it: the page can say how long it takes.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "agreements.admin.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "agreements.admin.lockout.client_address"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "_carried"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Static files: hashed names, compressed once --------------------------------------------------
# They belong to the build and not to the site's memory, so VAR_DIR, which outlives a build, does not hold them.
# Third-party code is fetched into `vendor`, and never committed.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
_vendor = BASE_DIR / "var" / "vendor"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", _vendor)]
for _folder in (STATIC_ROOT, _vendor):
    _folder.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Safety ---------------------------------------------------------------------------------------
_TLS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_SSL_REDIRECT = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
# Other sites under the same domain are not ours to bind, so these two reminders of `check --deploy` do not apply.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = _switch("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "agreements.admin.typed.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

# --- What the operator reads ----------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
    },
}
