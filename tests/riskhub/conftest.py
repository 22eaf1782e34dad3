import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries():
    """`queries(client, url)` counts what a page asks the database."""

    def count(client, url, **headers):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, headers=headers).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def queries_of():
    """`queries_of(ask)` counts what calling it asks the database."""

    def count(ask):
        with CaptureQueriesContext(connection) as captured:
            ask()
        return len(captured)

    return count
