"""Every setting is read here from the environment (see the table in README.md); a bad value is refused at start.

Nothing is opened, started or created on import.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
import fontpkg_amiri
import fontpkg_ibm_plex_sans_arabic
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy

from articles.importing.fetching.rules import require_readable
from newsdesk.secret import read_or_create_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env.str("NEWSDESK_ENV", default=str(BASE_DIR / ".env")))

# Everything that the program writes goes below this folder: database cluster, index, uploads, collected files.
NEWSDESK_DATA = Path(env.str("NEWSDESK_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()
# The search index of this host, derived from the database; hosts that share a disk keep one each.
SEARCH_FOLDER = Path(env.str("NEWSDESK_SEARCH_DIR", default=str(NEWSDESK_DATA / "search"))).expanduser().resolve()
# Files of marks that workers made and web processes give out: where these are on several hosts, a folder of them all.
EXPORT_FOLDER = Path(env.str("NEWSDESK_EXPORT_DIR", default=str(NEWSDESK_DATA / "exports"))).expanduser().resolve()

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
# HTTPS is expected as soon as the site is served under a name of its own.
HTTPS = env.bool("NEWSDESK_HTTPS", default=not set(ALLOWED_HOSTS) <= set(LOOPBACK_HOSTS))
# Read or made when something is signed: a command that needs no key leaves no file behind.
SECRET_KEY = env.str("SECRET_KEY", default="") or lazy(read_or_create_secret_key, str)(NEWSDESK_DATA)

# Newsdesk's own settings -------------------------------------------------------------------------------------------

# Reading is for members unless this opens it; suggestions that nobody has decided stay with members either way.
# NEWSDESK_LOCAL is what `make run` sets: the instance of the person at this machine is open unless closed on purpose.
PUBLIC_READING = env.bool("NEWSDESK_PUBLIC_READING", default=env.bool("NEWSDESK_LOCAL", default=False))
IMPORT_STATUS = env.str("NEWSDESK_IMPORT_STATUS", default="published")
if IMPORT_STATUS not in ("pending", "published"):
    raise ImproperlyConfigured(f"NEWSDESK_IMPORT_STATUS is {IMPORT_STATUS!r}; it may be 'pending' or 'published'")
IMPORT_MAX_BYTES = env.int("NEWSDESK_IMPORT_MAX_BYTES", default=15_000_000)
# What is sent through the browser at once, all files together; and for how long inputs that failed are kept.
UPLOAD_MAX_BYTES = env.int("NEWSDESK_UPLOAD_MAX_BYTES", default=500_000_000)
QUARANTINE_DAYS = env.int("NEWSDESK_QUARANTINE_DAYS", default=90)
# Hosts and networks of an intranet that may be fetched from although they are not public; and whom a site that is
# fetched from may turn to (an address of mail or web, told in User-Agent).
FETCH_ALLOW = env.list("NEWSDESK_FETCH_ALLOW", default=[])
FETCH_CONTACT = env.str("NEWSDESK_FETCH_CONTACT", default="")
# Seconds between two requests to one host, of all processes on this machine together.
FETCH_DELAY = env.float("NEWSDESK_FETCH_DELAY", default=1)
if not 0 <= FETCH_DELAY <= 60:
    raise ImproperlyConfigured(f"NEWSDESK_FETCH_DELAY is {FETCH_DELAY}; it may be 0 to 60 seconds")
try:
    require_readable(allow=FETCH_ALLOW, contact=FETCH_CONTACT)
except ValueError as error:
    raise ImproperlyConfigured(f"NEWSDESK_FETCH_ALLOW or NEWSDESK_FETCH_CONTACT: {error}") from error
# Saved searches are sent by mail where there is a server for it; the links in mails begin with the site's own address.
MAIL_SEARCHES = bool(env.str("EMAIL_URL", default=""))
BASE_URL = env.str("NEWSDESK_BASE_URL", default="").rstrip("/")
if BASE_URL and not BASE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"NEWSDESK_BASE_URL is {BASE_URL!r}; it has to begin with http:// or https://")
if MAIL_SEARCHES:
    if not BASE_URL:
        raise ImproperlyConfigured("EMAIL_URL is set and NEWSDESK_BASE_URL is not: links in mails begin with it")
    vars().update(env.email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 20
    DEFAULT_FROM_EMAIL = env.str("NEWSDESK_MAIL_FROM", default="") or f"newsdesk@{urlsplit(BASE_URL).hostname}"
RECOGNISER = env.str("NEWSDESK_RECOGNISER", default="embedded")
if RECOGNISER not in ("embedded", "camel"):
    raise ImproperlyConfigured(f"NEWSDESK_RECOGNISER is {RECOGNISER!r}; it may be 'embedded' or 'camel'")
# The commands that may load camel-tools' neural recogniser, and torch with it.
NEURAL_COMMANDS = ["import_articles", "analyse_articles", "analyse_text", "worker", "procrastinate"]
# What follows a new revision, in this order; each is called as step(revision) inside the transaction that stores it.
REVISION_STEPS = [
    "articles.recognition.record_mentions",
    "annotations.carrying.carry_marks",
    "annotations.suggesting.suggest_annotations",
    "articles.provenance.steps.join_story",
    "articles.analysing.note_analysis",  # the last: it notes which versions of the others ran
]
# What the article page draws over the text and shows beside it: layer(revision, user), see articles/layers.py.
ARTICLE_LAYERS = ["articles.recognition.mention_layer", "annotations.layers.mark_layer"]
# What an entity's page shows besides: panels(entity, request), see articles/views/entity_panels.py.
ENTITY_PANELS = ["annotations.speaking.panels.quotes_panel"]
# What a list counts as marks: count(article_ids, user) gives a number per article id.
ARTICLE_COUNTS = ["annotations.layers.count_marks"]
# What the search index holds of articles beside their own rows: facts(article_ids), see articles/search/facts.py.
SEARCH_FACTS = ["articles.search.own_facts.facts", "annotations.searching.facts"]
# What moves when entities are merged or split: references(entity, articles=None), see articles/naming/references.py.
ENTITY_REFERENCES = ["articles.naming.references.mentions_of", "annotations.references.attributions_of"]

# Django ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "newsdesk.apps.NewsdeskConfig",
    "newsdesk.api.apps.ApiConfig",
    "annotations.apps.AnnotationsConfig",
    "articles.apps.ArticlesConfig",
    "pghistory.admin",  # before the admin: its templates add the link to an object's history
    "newsdesk.apps.ModerationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "newsdesk.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # an article with its marks is 680 kB of much repetition
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsdesk.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsdesk.api.door.ApiMiddleware",  # it knows people by their tokens, before history notes who somebody is
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "newsdesk.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "newsdesk.urls"
WSGI_APPLICATION = "newsdesk.wsgi.application"
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
            ],
        },
    },
]

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgres://…)")
else:
    DATABASES = {"default": {"ENGINE": "newsdesk.postgresql", "NAME": "newsdesk"}}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "article_list"
LOGOUT_REDIRECT_URL = "article_list"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours; the page that says so speaks of a quarter of an hour
AXES_LOCKOUT_TEMPLATE = "registration/lockout.html"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "newsdesk" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Riyadh")

STATIC_URL = "static/"
# Collected files are named by their content and kept by browsers for ever; where none are collected, the finders serve.
COLLECTED_STATIC = env.bool("NEWSDESK_COLLECTED_STATIC", default=HTTPS)
STATIC_ROOT = NEWSDESK_DATA / "static" if COLLECTED_STATIC else None
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(("fonts", Path(package.__file__).parent / "files") for package in (fontpkg_amiri, fontpkg_ibm_plex_sans_arabic)),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = NEWSDESK_DATA / "uploads"
if COLLECTED_STATIC:
    STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC

# Security ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("NEWSDESK_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A pasted page is a form field: as large as an import may be, and a little more for its encoding.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * IMPORT_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # whole folders of saved pages are sent to /imports/

# The API (newsdesk.api) --------------------------------------------------------------------------------------------

# Requests a minute of one member, and of one address that nobody is signed in from; each web process counts its own.
API_RATES = {
    "user": env.int("NEWSDESK_API_RATE", default=600),
    "address": env.int("NEWSDESK_API_RATE_VISITORS", default=300),
}
if min(API_RATES.values()) < 1:
    raise ImproperlyConfigured("NEWSDESK_API_RATE and NEWSDESK_API_RATE_VISITORS have to be 1 or more")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # who asked how often
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["newsdesk.api.reading.SignedIn"],
    "DEFAULT_PERMISSION_CLASSES": ["newsdesk.api.reading.MayRead"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "newsdesk.api.negotiating.AsTheViewSays",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "newsdesk.api.problems.problem_of",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is the marks' own
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Newsdesk",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_INCLUDE_SCHEMA": False,
    # Without the hook that gives each list of values a name.
    "POSTPROCESSING_HOOKS": ["newsdesk.api.schema.add_marks"],
}


PGHISTORY_ADMIN_CLASS = "newsdesk.moderation.HistoryAdmin"
# The list opens from an object or a kind of object: over everything it would be a union of every event table.
PGHISTORY_ADMIN_ALL_EVENTS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "newsdesk.log_lines.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It tells every process, web and commands alike, which tasks exist.
    "loggers": {"procrastinate": {"level": "WARNING"}},
}
