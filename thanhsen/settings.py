"""Settings, all read from the environment (see .env.example). A missing one stops with what to do."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from thanhsen.postgres import parse

BASE_DIR = Path(__file__).resolve().parent.parent


def _load_env_file(path: Path) -> None:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, sep, value = line.strip().partition("=")
            if sep and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())


def _required(name: str, what_to_do: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Thiếu biến môi trường {name}. {what_to_do}")
    return value


_load_env_file(BASE_DIR / ".env")

# On loopback only (portal.py sets it): plain http, so cookies and redirects do not ask for https.
LOCAL = os.environ.get("PORTAL_LOCAL") == "1"
DEBUG = False
SECRET_KEY = _required("SECRET_KEY", "Chạy bằng portal.py (tự tạo), hoặc ghi vào tệp .env.")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if LOCAL:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]", "testserver"]

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "thanhsen",
    "households",
    "trainings",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]
# What the demo of another wing adds to the invented ward: functions without arguments.
DEMO_OF_WINGS = ["trainings.demo.make_courses"]
# What waits in another wing, for the home page: functions of (user, today) → lines of thanhsen.waiting.Asked.
WAITING_OF_WINGS = ["trainings.reports.waiting.waiting"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thanhsen.middleware.deny_by_default",
    "thanhsen.middleware.idle_lock",
    "thanhsen.middleware.practise",
    "thanhsen.middleware.private_pages",
    "thanhsen.middleware.own_password_first",
    "thanhsen.middleware.wrong_method",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "thanhsen.urls"
WSGI_APPLICATION = "thanhsen.wsgi.application"

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
                "thanhsen.context.portal",
            ],
            "builtins": ["thanhsen.templatetags.vietnamese"],
        },
    }
]

_DATABASE = parse(
    _required(
        "DATABASE_URL",
        "Chạy bằng portal.py hoặc manage.py (dùng PostgreSQL đi kèm), hoặc ghi vào tệp .env.",
    )
)
DATABASES = {
    "default": _DATABASE
    | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query costs more than any page or report here gains by it (the portal's own bench, 2026).
        "OPTIONS": {"options": "-c jit=off"} | _DATABASE["OPTIONS"],
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "thanhsen.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "thanhsen.passwords.LongEnough", "OPTIONS": {"min_length": 14}},
    {"NAME": "thanhsen.passwords.NotLikeThePerson"},
    {"NAME": "thanhsen.passwords.NotCommon"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: 15 minutes, or sooner when an admin unlocks the account
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "thanhsen.views.accounts.locked_out"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # our own trail keeps sign-ins
AXES_USERNAME_CALLABLE = "thanhsen.views.accounts.lockout_name"
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # failures are counted by user name alone: no address or browser to rotate
    "auth.W004",  # user names are unique by user_username_once, whatever their case
]
AXES_IPWARE_PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "0")) or None

IDLE_LOCK_SECONDS = 15 * 60
SESSION_COOKIE_AGE = IDLE_LOCK_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "thanhsen.views.errors.csrf_failure"

# Security ---------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
if int(os.environ.get("PROXY_COUNT", "0")):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its icons as data: images
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["thanhsen.formats"]

# Static files -----------------------------------------------------------------------------------
TESTING = os.environ.get("PORTAL_TESTING") == "1"  # straight from static/, nothing collected
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
STATIC_URL = "/static/"  # from the root: under a practice address too
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "thanhsen.storage.HashedStaticFiles"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
