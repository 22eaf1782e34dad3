"""Each refusal by itself; that the settings ask is tried with real processes in tests/test_security.py."""

import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured

from riskhub.safety import KNOWN_SECRETS, refuse_unsafe

GOOD = {
    "secret_key": secrets.token_hex(32),
    "personal_keys": [secrets.token_hex(32), secrets.token_hex(32)],
    "is_debug": False,
    "is_demo": False,
    "hosts": ["riskhub.example"],
    "has_bucket": True,
}


def test_what_is_good_passes():
    refuse_unsafe(**GOOD)
    refuse_unsafe(**GOOD | {"personal_keys": [], "has_bucket": False})


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"secret_key": secrets.token_hex(24)}, "SECRET_KEY is too short or too simple"),
        ({"secret_key": "abcabc" * 10}, "SECRET_KEY is too short or too simple"),
        *(
            ({"secret_key": f"{start.title()}{GOOD['secret_key']}"}, "others know")
            for start in KNOWN_SECRETS
        ),
        (
            {"personal_keys": [secrets.token_hex(32), "short"]},
            "A key of PERSONAL_KEYS is too short",
        ),
        ({"personal_keys": [GOOD["secret_key"]]}, "must not hold SECRET_KEY"),
        ({"personal_keys": []}, "With S3_BUCKET set PERSONAL_KEYS"),
        ({"is_debug": True}, "DEBUG is refused"),
        ({"is_demo": True}, "The demo is refused"),
        ({"hosts": []}, "Set ALLOWED_HOSTS"),
        ({"hosts": [""]}, "Set ALLOWED_HOSTS"),
        ({"hosts": ["riskhub.example", "*"]}, "may not be"),
    ],
)
def test_what_is_not_is_named(fact, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        refuse_unsafe(**GOOD | fact)
