"""Settings of development, tests and production alike. All that differs between machines is in the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from config.caches import purge_settings
from config.database import database_settings
from config.logs import logging_settings
from delivery.headers import SECURITY, admin_policy, page_policy

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the repository, where manage.py lies."""

env = environ.Env()

# The folder of everything that is kept: the embedded database, uploaded media, kept pages.
DATA = Path(env.str("ALMANAC_DATA", default=str(ROOT / "var"))).resolve()

# The public address: the only source of canonical addresses, feeds, mails and origin checks.
ALMANAC_URL = env.str("ALMANAC_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")

DEBUG = False
ALLOWED_HOSTS = [urlsplit(ALMANAC_URL).hostname or ""]
CSRF_TRUSTED_ORIGINS = [ALMANAC_URL]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "config",
    "demo",
    "delivery",
    "pages",
    "ratings",
    "articles",
    "authors",
    "pictures",
    "freshness",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # With padding of random length, so that nobody can guess a token by the size of an answer.
    "django.middleware.gzip.GZipMiddleware",
    # Answers 304 to who has it already; inside, so that what it compares is not compressed anew each time.
    "django.middleware.http.ConditionalGetMiddleware",
    "delivery.answering.AnswerHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Outside of what adds the slash at the end of an address: only then is an address known to be missing.
    "delivery.middleware.MovedOrGone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Innermost: tells an editor in words why a page was not published, where Wagtail would answer with an error.
    "articles.desk.refusals.RefusalsInWords",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # `articles/` is a template folder so that a block can say "blocks/tip/block.html".
        "DIRS": [ROOT / "site" / "templates", ROOT / "articles"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database and cache. ATOMIC_REQUESTS stays off: reading opens no transaction, and every write is atomic in its action.
DATABASES = {
    "default": database_settings(env.str("DATABASE_URL", default=f"sqlite:///{DATA / 'almanac.sqlite3'}")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# Wagtail's own small tasks run inside the request, so that a published page is found at once.
# Ours are rows in the database, enqueued inside the transaction and run by `manage.py worker`.
TASKS = {
    "default": {"BACKEND": "findable.once.OnceBackend"},
    "durable": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "en-us"
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "articles.finders.BlockFinder",
    "delivery.bundles.BundleFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What is uploaded to be imported; no web server gives it out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What pages may load and who may frame them; the other headers are in delivery/headers.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": page_policy(files=[MEDIA_URL, STATIC_URL], is_secure=ALMANAC_URL.startswith("https:")),
}
ADMIN_CONTENT_SECURITY_POLICY = {"DIRECTIVES": admin_policy(CONTENT_SECURITY_POLICY["DIRECTIVES"])}
SECURE_REFERRER_POLICY = SECURITY["Referrer-Policy"]
SECURE_CROSS_ORIGIN_OPENER_POLICY = SECURITY["Cross-Origin-Opener-Policy"]

# For so many seconds a CDN may keep pages. Only for one that is purged when a page changes.
CDN_SECONDS = env.int("CDN_SECONDS", default=0)
# The caches that are told of each change, as config/caches.py names them: http://10.0.0.2:6081, cloudflare://TOKEN@ZONE
WAGTAILFRONTENDCACHE = purge_settings(env.list("CDN_PURGE", default=[]))

# A page editor with many blocks posts thousands of fields; Django's default of 1,000 would refuse to save it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING = logging_settings("plain")

WAGTAIL_SITE_NAME = "Almanac"
WAGTAILADMIN_BASE_URL = ALMANAC_URL
# Nothing on our pages or in the admin calls a third party.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "pictures.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "epub", "mp3", "mp4", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "txt", "vtt", "webm",
    "xls", "xlsx", "zip",
]  # fmt: skip
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pages.search.backend"}}
TAGGIT_CASE_INSENSITIVE = True

# The name of the cookie that recognizes a returning reader; production adds the __Host- prefix, which needs HTTPS.
READER_COOKIE_NAME = "reader"
READER_COOKIE_AGE = 365 * 24 * 60 * 60

# The file of the font in which titles stand on social cards; empty: one of the system, or the one that Pillow has.
SOCIAL_CARD_FONT = env.str("SOCIAL_CARD_FONT", default="")

# The largest file that editors may upload to be imported; larger ones are for `manage.py import_articles`.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MEGABYTES", default=100) * 1024 * 1024

# Whether public pages are kept as files, and made again when what they show has changed.
KEEP_PAGES = env.bool("KEEP_PAGES", default=False)

# Whether an article with warnings is published only if an editor has said of each why; its errors always hold it up.
WARNINGS_NEED_A_REASON = env.bool("WARNINGS_NEED_A_REASON", default=True)

# Whether the worker looks now and then if the links of sources still lead anywhere. It asks other hosts: off here.
CHECK_SOURCE_LINKS = env.bool("CHECK_SOURCE_LINKS", default=False)

# Limits on what readers send: 1 as they stand in ratings/limits.py, 2 for twice as much, 0 for none.
READER_LIMITS_SCALE = env.float("READER_LIMITS_SCALE", default=1.0)

# Whether the learned spam model may act on its own once moderators have agreed with it often enough.
SPAM_MODEL_MAY_ACT = env.bool("SPAM_MODEL_MAY_ACT", default=True)

# The key of the spam service Akismet, which then learns what readers send; empty: it is not asked.
AKISMET_KEY = env.str("AKISMET_KEY", default="")

# So long may a reader comment wait for a moderator. If more than a tenth wait longer, the desk and the log say so.
MODERATION_TARGET_MINUTES = env.int("MODERATION_TARGET_MINUTES", default=240)

# The networks of the proxies in front (127.0.0.1, 10.0.0.0/8; unix: on a socket): they alone are believed about who
# sent a request.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
