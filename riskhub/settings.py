"""All settings, from the environment. Two modes: local (one machine, http) and production (https)."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from riskhub.api.conf import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 - Django reads them here
from riskhub.environment import Environment
from riskhub.files.conf import file_storage
from riskhub.logs import LOGGING_CONFIG_DICT
from riskhub.safety import refuse_unsafe

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

MODE = env.str("RISKHUB_MODE", "production")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured("RISKHUB_MODE is 'local' or 'production'.")
IS_PRODUCTION = MODE == "production"
DATA_DIR = Path(env.str("RISKHUB_DATA", str(BASE_DIR / "var"))).resolve()

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY in the environment (50 random characters or more).")
# Of contact data, newest first; without any the data folder keeps one.
PERSONAL_KEYS = env.list("PERSONAL_KEYS", default=[])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
if IS_PRODUCTION:
    refuse_unsafe(
        secret_key=SECRET_KEY,
        personal_keys=PERSONAL_KEYS,
        is_debug=DEBUG,
        is_demo=env.bool("RISKHUB_DEMO", False),
        hosts=ALLOWED_HOSTS,
        has_bucket=bool(env.str("S3_BUCKET", "")),
    )
# Where a link in a mail leads.
_SITE = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if IS_PRODUCTION else "http://127.0.0.1:8000"
PUBLIC_URL = env.str("PUBLIC_URL", "") or _SITE
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many of our own proxies stand in front; only what they wrote into X-Forwarded-For is believed.
PROXY_HOPS = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_HOPS", 0)

# How many times as much as usual comes from one network, where many customers share an address.
PUBLIC_LIMIT_TIMES = env.int("PUBLIC_LIMIT_TIMES", 1)

INSTALLED_APPS = [
    "riskhub",
    "riskhub.audit",
    "riskhub.web",
    "riskhub.accounts",
    "riskhub.company",
    "riskhub.work",
    "riskhub.files",
    "riskhub.search",
    "riskhub.imports",
    "riskhub.notices",
    "riskhub.reports",
    "riskhub.oversight",
    "registers",
    "assessments",
    "incidents",
    "riskhub.setup",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "js_lib_bootstrap5",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "heroicons",
    "pgtrigger",
    "rest_framework",
    "template_partials",
]

MIDDLEWARE = [
    # These three come first, so that every answer bears their headers, whoever gives it.
    "riskhub.web.middleware.request_id",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "riskhub.web.middleware.user_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "riskhub.web.middleware.htmx_responses",
    "riskhub.files.middleware.storage_away",
    "riskhub.web.middleware.no_zero_bytes",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "riskhub.urls"
WSGI_APPLICATION = "riskhub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "riskhub.web.templatetags.riskhub",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "riskhub.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "riskhub.web.forms.Renderer"

# The run-time role owns nothing; `migrate` and the test set-up switch to the owner.
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
# A query that starts processes of its own takes the cores from everybody else, and gains nothing.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c max_parallel_workers_per_gather=0"
DATABASE_OWNER = env.db_url("DATABASE_OWNER_URL") if env.str("DATABASE_OWNER_URL", "") else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_RUNTIME_ROLE = DATABASES["default"]["USER"]

REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT = "json", ["json"]
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the worker goes on without, however long that takes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 1, "interval_start": 0
}  # fmt: skip
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "riskhub.work.tasks.sweep_work", "schedule": 30.0},
    "seal": {"task": "riskhub.oversight.tasks.seal_events", "schedule": 60.0},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "riskhub.web.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "riskhub.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "riskhub.accounts.password_rule.PasswordLength"}] + [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "CommonPassword")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "riskhub.accounts.adapter.ClosedSignup"
ACCOUNT_FORMS = {
    "login": "riskhub.accounts.forms.sign_in.SignInForm",
    "change_password": "riskhub.accounts.forms.sign_in.OwnPasswordForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "riskhub.accounts.links.SignInLinks"  # noqa: S105 - a class, no secret
# Strict for one account, wide for an address: a whole office stands behind one.
ACCOUNT_RATE_LIMITS = {"login": "300/10m/ip", "login_failed": "100/10m/ip,5/5m/key"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "riskhub.web.errors.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "riskhub.web.requests.client_ip"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": file_storage(env),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION  # on one machine compressing costs 20 s and saves nothing
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
# Printed or dropped mail reaches nobody: pages that promise a letter are not there then.
HAS_MAIL = EMAIL_BACKEND.endswith(".smtp.EmailBackend")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = (
    EMAIL_CONFIG.get(f"EMAIL_USE_{how}", False) for how in ("TLS", "SSL")
)
EMAIL_TIMEOUT = 10
# Networks of our own, such as 10.1.0.0/16, into which a message to a group may go.
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "riskhub@localhost")

LOGGING = LOGGING_CONFIG_DICT
LOGGING_CONFIG = "logging.config.dictConfig"
