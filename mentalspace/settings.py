"""Django's settings. What differs between installations comes from `mentalspace.env`, read once and typed."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF

from mentalspace.env import ROOT, environment
from mentalspace.launch.connection import django_database

ENV = environment()
_secrets = ENV.secrets()

SECRET_KEY = _secrets.django_secret
ACTOR_KEYS = ENV.keys / "actor.json"
AUDIT_KEY = _secrets.audit
PSYCHOTHERAPY_KEY = _secrets.psychotherapy
TOTP_KEY = base64.urlsafe_b64encode(hashlib.sha256(b"totp:" + SECRET_KEY.encode()).digest())
SEALS = ENV.seals
VAULT = ENV.vault
PUBLIC_URL = ENV.public_url
OBJECTS = ENV.objects
STORAGE_KEY, STORAGE_KEYS = _secrets.storage_current, _secrets.storage_keys
LINK_KEY = hashlib.sha256(b"links:" + SECRET_KEY.encode()).digest()
S3 = ENV.s3
CLAMD = ENV.clamd
METRICS_TOKEN = ENV.metrics_token
TRUSTED_PROXIES = ENV.trusted_proxies

DEBUG = False
ALLOWED_HOSTS = [urlsplit(ENV.public_url).hostname or "", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENV.public_url]
APPEND_SLASH = False
USE_TZ, TIME_ZONE, USE_I18N = True, "UTC", False
ROOT_URLCONF = "mentalspace.urls"
WSGI_APPLICATION = "mentalspace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "procrastinate.contrib.django",
    "mentalspace.practices",
    "mentalspace.audit",
    "mentalspace.jobs",
    "mentalspace.notify",
    "mentalspace.storage",
    "mentalspace.people",
    "mentalspace.clients",
    "mentalspace.scheduling",
    "mentalspace.documents",
    "mentalspace.forms",
    "mentalspace.charting",
    "mentalspace.outcomes",
    "mentalspace.reports",
    "mentalspace.oversight",
    "mentalspace.correspondence",
    "mentalspace.upkeep",
    "mentalspace.continuity",
    "mentalspace.exchange",
    "mentalspace.ops",
    "mentalspace.access",  # last: its post_migrate must run after everybody else's
]
MIDDLEWARE = [
    "mentalspace.ops.metrics.measured.Measured",  # outermost: everything below is part of the time
    "mentalspace.core.answers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",  # a Content-Length on every answer
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mentalspace.people.middleware.Sessions",
    "mentalspace.people.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentalspace.people.middleware.TransactionPerActor",
    "allauth.account.middleware.AccountMiddleware",  # inside ours: its exceptions are flow control
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "mentalspace/core/pages", ROOT / "mentalspace/documents/html"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


def _database(role: str, engine: str, **more: Any) -> dict[str, Any]:
    return {**django_database(role), "ENGINE": engine, **more}


DATABASES = {
    "default": _database("ms_web", "mentalspace.access.pg", CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True),
    "owner": _database("ms_owner", "django.db.backends.postgresql"),
}
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
DATABASE_ROUTERS = ["mentalspace.routers.Router"]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["mentalspace.people.auth.Backend"]
PASSWORD_HASHERS = ["mentalspace.people.auth.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"mentalspace.people.passwords.{rule}"}
    for rule in ("LongEnough", "NotCommon", "NotPersonal", "NotUsedBefore")
]
SESSION_ENGINE = "mentalspace.people.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"

ACCOUNT_ADAPTER = "mentalspace.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "mentalspace.people.links.ResetTokens"  # noqa: S105 - a class
ACCOUNT_RATE_LIMITS = False  # allauth's live in a cache of each process; ours are rows
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 120
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {  # pages of web/src/app/staff/routes.tsx; allauth asks for all four
    "account_confirm_email": "/verify/{key}",
    "account_reset_password_from_key": "/reset/{key}",
    "account_reset_password": "/reset",
    "account_signup": "/",
}
MFA_ADAPTER = "mentalspace.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False  # as above; and a passkey is not guessed
MFA_TOTP_TOLERANCE = 1  # half minutes (RFC 6238, 5.2): what is typed as it changes is right, once (people/sign_in.py)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 20  # 66 bits: NIST SP 800-63B-4 asks for 64

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if ENV.smtp_url else "mentalspace.notify.mail.FolderBackend"
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from
EMAIL_TIMEOUT = 20
PROVIDER_KEY = base64.urlsafe_b64encode(hashlib.sha256(b"provider:" + SECRET_KEY.encode()).digest())
RESEND_URL, TWILIO_URL = ENV.resend_url, ENV.twilio_url
NOTIFY_CARRIERS = 4  # messages handed over at the same time
if ENV.smtp_url:
    EMAIL_HOST, EMAIL_PORT = ENV.smtp_url.host, ENV.smtp_url.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.smtp_url.user, ENV.smtp_url.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENV.smtp_url.security == "starttls", ENV.smtp_url.security == "tls"

if ENV.public_url.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_COOKIE_SECURE = True
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # people.middleware.Csrf is that middleware, with our words
    "security.W005",  # a practice's other addresses are not ours to decide about
    "security.W008",  # the proxy sends to https (deploy/Caddyfile)
    "security.W021",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF, "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# Files that come in are health information: they are kept in memory, never in a temporary file, and never more than
# the largest bucket takes (mentalspace/storage/receiving.py).
FILE_UPLOAD_HANDLERS = ["mentalspace.storage.receiving.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 2

STATIC_URL = "/static/"
WHITENOISE_ROOT = ENV.web_dist
WHITENOISE_INDEX_FILE = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8,}\.\w+$"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_links": {"()": "mentalspace.core.logs.HideLinks"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_links"]},
        "errors": {"class": "mentalspace.ops.errors.Errors", "level": "ERROR", "filters": ["hide_links"]},
    },
    "root": {"handlers": ["stderr", "errors"], "level": "WARNING"},
}
