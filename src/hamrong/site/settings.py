"""Django's settings, all from the environment (`environment.py`); there is one file for every profile."""

import os
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from hamrong.site import database, environment, keys

ENVIRONMENT = environment.read(os.environ)
if ENVIRONMENT.demo:
    keys.make(ENVIRONMENT.keys_folder, demo=True)
HAMRONG_PROVINCE = ENVIRONMENT.province
HAMRONG_KEYS = keys.load(ENVIRONMENT.keys_folder, demo=ENVIRONMENT.demo)
HAMRONG_DELEGATION_DAYS = ENVIRONMENT.delegation_days
HAMRONG_REVIEW_DAYS = ENVIRONMENT.review_days
HAMRONG_SPLITTING = ENVIRONMENT.splitting
HAMRONG_FILES = ENVIRONMENT.files_folder
HAMRONG_CLAMAV = ENVIRONMENT.clamav
HAMRONG_SEAL_TOKEN = ENVIRONMENT.seal_token
HAMRONG_TIME_AUTHORITY = ENVIRONMENT.time_authority
HAMRONG_SIGNER = ENVIRONMENT.signer_folder / "socket"
HAMRONG_PUBLIC = ENVIRONMENT.public_folder
HAMRONG_KBTT = (ENVIRONMENT.kbtt_url, ENVIRONMENT.kbtt_client, ENVIRONMENT.kbtt_secret_file)

DEBUG = False
SECRET_KEY = (
    ENVIRONMENT.secret_key
    or (ENVIRONMENT.secret_key_file and ENVIRONMENT.secret_key_file.read_text(encoding="ascii").strip())
    or HAMRONG_KEYS["django"].hex()
)
HAMRONG_ONION = ENVIRONMENT.onion
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts, *filter(None, [HAMRONG_ONION])]
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.trusted_origins)
SILENCED_SYSTEM_CHECKS = ["urls.W002"]  # `/ui` and `/ui/desk` end without a slash, which needs one in the included part
ROOT_URLCONF = "hamrong.site.urls"
WSGI_APPLICATION = "hamrong.site.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "hamrong.org",
    "hamrong.accounts",
    "hamrong.audit",
    "hamrong.access",
    "hamrong.identity",
    "hamrong.cases",
    "hamrong.ui",
    "hamrong.papers",
    "hamrong.casework",
    "hamrong.sealed",
    "hamrong.lodging",
    "hamrong.plates",
    "hamrong.petitions",
    "hamrong.board",
    "hamrong.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "hamrong.site.onion.Entrance",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hamrong.site.headers.protect",
    "hamrong.site.headers.measure",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hamrong.site.slashes.drop",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "hamrong.site.pages.explain_forms",
    "hamrong.site.idle.end_idle",
    "hamrong.site.unsent.keep_unsent",
    "hamrong.site.switching.Switching",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hamrong.site.context.desk",
            ]
        },
    }
]


def _connection(url: str, *, pool_size: int) -> dict[str, Any]:
    """DATABASES entry of a connection address. `pool_size` 0: one plain connection, for commands."""
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    known = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    entry = {setting: str(parts.pop(name, "") or "") for setting, name in known.items()}
    if pool_size:
        # While the database is away, a page says so after 3 seconds; once it is back, it is found again within 3.
        parts["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 3, "reconnect_timeout": 5, "max_idle": 300}
        parts = {"connect_timeout": "5", "tcp_user_timeout": "15000", **parts}
    parts["application_name"] = "hamrong"
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": parts, "ATOMIC_REQUESTS": False}


_ACCESS = database.access(ENVIRONMENT)
DATABASES = {
    "default": _connection(_ACCESS.owner, pool_size=0)
    if ENVIRONMENT.as_owner
    else _connection(_ACCESS.app, pool_size=ENVIRONMENT.pool_size)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, so that attempts to sign in are counted once and not once a process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        # Django's default of 300 would let anybody push the counted attempts of others out of the cache.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hamrong.accounts.passwords.UnlikeTheirName"},
    {"NAME": "hamrong.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "hamrong.accounts.passwords.NotCommon"},
]
CSRF_FAILURE_VIEW = "hamrong.site.pages.forged"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_ADAPTER = "hamrong.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "hamrong.accounts.forms.SignIn",
    "reauthenticate": "hamrong.accounts.forms.PasswordAgain",
    "change_password": "hamrong.accounts.forms.ChangePassword",
}
# Attempts are counted by `accounts.throttle`, which does not lock a victim out of her own device.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.tls_proxy else 0
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hàm Rồng"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "hamrong.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "hamrong.accounts.forms.SecondStep",
    "reauthenticate": "hamrong.accounts.forms.SecondStepAgain",
    "activate_totp": "hamrong.accounts.forms.AddApp",
    "add_webauthn": "hamrong.accounts.forms.AddPasskey",
    "edit_webauthn": "hamrong.accounts.forms.RenamePasskey",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT.demo
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
if ENVIRONMENT.demo:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # files come from the rooms; a missing folder is warned of each time
WHITENOISE_USE_FINDERS = ENVIRONMENT.demo
_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC if ENVIRONMENT.demo else _MANIFEST},
}
MEDIA_ROOT = ENVIRONMENT.var / "files"

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_HANDLERS = ["hamrong.site.uploads.SealedUpload"]

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.tls
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.tls
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.tls
SECURE_SSL_REDIRECT = ENVIRONMENT.tls
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.tls_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "hamrong.site.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {name: {"()": f"hamrong.site.logs.{name.capitalize()}"} for name in ("sealed", "routed", "brief")},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["sealed", "routed", "brief"]}
    },
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # Django's own handlers would print and mail whole requests.
        "django": {"handlers": [], "propagate": True, "level": ENVIRONMENT.log_level},
        "procrastinate": {"level": "WARNING"},
        # They tell every step of making a PDF.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pyhanko": {"level": "WARNING"},
        # They tell every request with its whole address, which may hold what nobody else should read.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
