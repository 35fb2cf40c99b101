"""Sign-in, passwords, cookies, headers and the two content security policies (public: strict; admin: Wagtail's)."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from .env import env

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "portal.users.validators.LengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# django-allauth: e-mail and password or a code by e-mail; answers that do not tell who has an account.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/area/"
ACCOUNT_ADAPTER = "portal.users.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
# The address is confirmed by a link, because people sign up on a phone and read their mail elsewhere; the link opens a
# page that asks, and lasts three days. In the browser of the sign-up, confirming also signs in.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Seconds. Mail may be slow: three minutes, the default, are not enough to go and fetch it on another device.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Further limits than allauth's own, which stay (sign-in, sign-up, codes, password reset); a key is an e-mail address.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "resend_confirmation": "10/m/ip",
    "report_offer": "10/h/ip",
    "join_pact": "20/h/ip,4/h/key",
    "call_interest": "20/h/ip,4/h/key",
    "call_message": "10/d/key",
    "follow_project": "20/h/ip,4/h/key",
}
# How many proxies of ours stand before the portal: without it, rate limits would count all readers as one address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_FORMS = {
    "add_email": "portal.users.forms.AddEmailForm",
    "change_password": "portal.users.forms.ChangePasswordForm",
    "confirm_login_code": "portal.users.forms.ConfirmLoginCodeForm",
    "login": "portal.users.forms.LoginForm",
    "reauthenticate": "portal.users.forms.ReauthenticateForm",
    "request_login_code": "portal.users.forms.RequestLoginCodeForm",
    "reset_password": "portal.users.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.users.forms.ResetPasswordKeyForm",
    "set_password": "portal.users.forms.SetPasswordForm",
    "signup": "portal.users.forms.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "portal.users.forms.ActivateTOTPForm",
    "authenticate": "portal.users.forms.AuthenticateForm",
    "add_webauthn": "portal.users.forms.AddPasskeyForm",
    "edit_webauthn": "portal.users.forms.EditPasskeyForm",
    "reauthenticate": "portal.users.forms.MfaReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey signs in by itself, and counts as a second factor too.
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers let passkeys work without TLS on "localhost" only; dev.py says so to the library.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_ADAPTER = "portal.users.adapter.SecondFactorAdapter"
# One period before and after: phones' clocks are not exact.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False

# SPID and CIE, or whoever signs people in for the municipality: one OpenID Connect provider, where it is configured.
# Nobody is let into an existing account because an address is the same; they connect the two from their account.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="").rstrip("/")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ADAPTER = "portal.users.adapter.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "portal.users.forms.SocialSignupForm"}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": env.str("OIDC_ID", default="spid-cie"),
            "name": env.str("OIDC_NAME", default="SPID o CIE"),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_SERVER_URL},
        }
    ]

# The API counts requests by the same address as the sign-in.
REST_FRAMEWORK = {"NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT}

# The address and the password are changed under /account/ only: there the new address is confirmed first.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Whether who enters the admin must have a second factor: prod.py turns it on.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Wagtail lifts this for its own previews, which the editor shows in a frame.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The button of the provider posts here and is sent on to it, which browsers count as where the form goes.
_provider = urlsplit(OIDC_SERVER_URL)
OIDC_ORIGINS = env.list("OIDC_ORIGINS", default=[f"{_provider.scheme}://{_provider.netloc}"]) if OIDC_SERVER_URL else []
# Public and reserved pages: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
# Wagtail's editor needs inline styles and scripts; it is only served to signed-in staff under /admin/.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}

CSRF_FAILURE_VIEW = "portal.ops.errors.csrf_failure"
