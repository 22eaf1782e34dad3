import pytest
from django.test import Client

from riskhub.accounts.models import User


@pytest.fixture
def sign_in():
    """As everywhere, but in English: what a test expects is then what the code says."""

    def make(user=None, locale="en"):
        client = Client()
        if user:
            User.objects.filter(pk=user.pk).update(locale=locale)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
