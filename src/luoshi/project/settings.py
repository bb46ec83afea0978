"""Django settings. In: `Place`. Out: what Django reads. Nothing here is edited by an operator: the environment decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from luoshi.project.place import find_place
from luoshi.project.ways import find_ways, origins_of

SOURCE = Path(__file__).parents[1]
PLACE = find_place()
SECRET_KEY = PLACE.secret
DATABASES = {"default": PLACE.database}
ALLOWED_HOSTS = list(PLACE.hosts)
MEDIA_ROOT = PLACE.data / "files"
LUOSHI_CACHE = PLACE.data / "cache"     # what only saves time: it may be deleted whenever
KEPT_QUERIES, KEPT_PAGES = PLACE.kept_queries, PLACE.kept_pages
DEBUG = False
ROOT_URLCONF = "luoshi.project.urls"
WSGI_APPLICATION = "luoshi.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "store.PersonRecord"

INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
                  "django.contrib.staticfiles", "csp", "axes", "ninja", "django_htmx",
                  "django_tasks", "django_tasks_db", "allauth", "allauth.account", "allauth.socialaccount",
                  "allauth.socialaccount.providers.openid_connect", "allauth.socialaccount.providers.dingtalk", "luoshi.store", "luoshi.web"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware", "csp.middleware.CSPMiddleware", "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
    "builtins": ["luoshi.web.templatetags.language"], "context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages", "luoshi.web.frame.frame"]}}]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"luoshi.store.password_rules.{name}", **more} for name, more in (
    ("LongEnough", {"OPTIONS": {"min_length": 10}}), ("NotCommon", {}), ("NotNumeric", {}),
    ("NotLikeNames", {"OPTIONS": {"user_attributes": ("username", "name")}}))]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "/sign-in/", "/", "/sign-in/"
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME, AXES_RESET_ON_SUCCESS = 5, 0.25, True     # five wrong passwords close a name for 15 minutes
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False     # trying on does not close it for longer: nobody is kept out for ever by a stranger
AXES_LOCKOUT_CALLABLE = "luoshi.web.sign_in.locked_out"
AXES_VERBOSE = False

SESSION_COOKIE_AGE, SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = PLACE.session, True, "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PLACE.https
CSRF_FAILURE_VIEW = "luoshi.web.forged.forged"
CSRF_COOKIE_HTTPONLY, CSRF_COOKIE_SAMESITE = True, "Lax"
SECURE_CONTENT_TYPE_NOSNIFF, SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = True, "same-origin", "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PLACE.https else None
# ECharts writes style attributes on its tooltips; style elements and scripts stay closed
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE], "script-src": [SELF, NONCE], "style-src": [SELF], "style-src-attr": ["'unsafe-inline'"], "img-src": [SELF, "data:"],
    "font-src": [SELF], "connect-src": [SELF], "form-action": [SELF, *origins_of(find_ways())], "frame-ancestors": [NONE], "base-uri": [NONE]}}
DATA_UPLOAD_MAX_MEMORY_SIZE, FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000, 2_000_000

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = find_ways()
SOCIALACCOUNT_ADAPTER, SOCIALACCOUNT_STORE_TOKENS, SOCIALACCOUNT_REQUESTS_TIMEOUT = "luoshi.web.other_system.OtherSystem", False, 10
ACCOUNT_USER_MODEL_EMAIL_FIELD, ACCOUNT_LOGIN_METHODS, ACCOUNT_EMAIL_VERIFICATION = None, {"username"}, "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
locals().update(PLACE.mail)
ROBOTS = {"dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=", "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/",
          "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="}     # nobody who sets up a robot chooses a host

LANGUAGE_CODE, USE_I18N, LANGUAGES = "zh-hans", True, [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "web" / "locale"]
TIME_ZONE, USE_TZ = "Asia/Shanghai", True
ECHARTS = SOURCE.parents[1] / "node_modules" / "echarts" / "dist"     # by `npm ci`; without it pages keep the drawings of the server
LEAFLET = SOURCE.parents[1] / "node_modules" / "leaflet" / "dist"    # by `npm ci`, or packed into the wheel; without it the table stands alone
LEAFLET = LEAFLET if LEAFLET.is_dir() else SOURCE / "web" / "static" / "leaflet"
TILES = PLACE.data / "tiles"                                           # z/x/y.png of the city, where an office has put them there
STATICFILES_DIRS = [("styles", SOURCE / "publish" / "styles"), *([("echarts", ECHARTS)] if ECHARTS.is_dir() else []),
                    *([("leaflet", LEAFLET)] if LEAFLET.is_dir() and "node_modules" in LEAFLET.parts else []),
                    *([("tiles", TILES)] if TILES.is_dir() else [])]
STATIC_URL, STATIC_ROOT = "/static/", PLACE.data / "static"
WHITENOISE_USE_FINDERS, WHITENOISE_AUTOREFRESH = True, False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"console": {"class": "logging.StreamHandler"}},
           "root": {"handlers": ["console"], "level": "WARNING"}}
