"""Rules about the environment, asked while the settings are read."""

from collections.abc import Collection

from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 50
SECRET_LETTERS = 10
KNOWN_SECRETS = ("django-insecure", "only-for-", "change", "secret", "example", "demo", "test")
"""How keys begin that stand in some file for everybody to read."""


def refuse_unsafe(
    *,
    secret_key: str,
    personal_keys: Collection[str],
    is_debug: bool,
    is_demo: bool,
    hosts: Collection[str],
    has_bucket: bool,
) -> None:
    """Raise what production does not start with, as a sentence that says what to do."""
    faults = {
        "SECRET_KEY is too short or too simple: use 50 random characters or more.": (
            _is_weak(secret_key)
        ),
        "A key of PERSONAL_KEYS is too short or too simple: use 50 random characters or more.": (
            any(map(_is_weak, personal_keys))
        ),
        "PERSONAL_KEYS must not hold SECRET_KEY: who has the one has the other.": (
            secret_key in personal_keys
        ),
        "With S3_BUCKET set PERSONAL_KEYS, too: a key that one machine keeps opens nothing elsewhere.": (
            has_bucket and not personal_keys
        ),
        "SECRET_KEY is one that others know: make a random one.": (
            secret_key.lower().startswith(KNOWN_SECRETS)
        ),
        "DEBUG is refused in production mode: it shows settings and code to everybody.": is_debug,
        "The demo is refused in production mode: take RISKHUB_DEMO away.": is_demo,
        "Set ALLOWED_HOSTS to the host names of the site, comma-separated.": not any(hosts),
        "ALLOWED_HOSTS may not be *: links in letters would lead where a stranger wants.": (
            "*" in hosts
        ),
    }
    for sentence, is_so in faults.items():
        if is_so:
            raise ImproperlyConfigured(sentence)


def _is_weak(secret: str) -> bool:
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_LETTERS
