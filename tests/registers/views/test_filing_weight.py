"""The page for filing is opened on a phone, in a stairwell: at most 60 kB on the first visit."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles.finders import find

from tests.riskhub.web.browser import PLAIN_FILES


@pytest.mark.django_db
def test_the_first_visit_weighs_at_most_60_kb(sign_in, staff_cleaning, settings):
    """Files as WhiteNoise keeps them in production, the page itself as gunicorn sends it."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_FILES}
    page = sign_in(staff_cleaning).get("/m/new").content
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode())
    weights = {name: len(brotli.compress(_read(name))) for name in files}
    assert len(weights) >= 5
    assert len(page) + sum(weights.values()) <= 60_000, weights


def _read(name):
    return Path(find(name)).read_bytes()
