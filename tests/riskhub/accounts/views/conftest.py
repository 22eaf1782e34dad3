import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_chinese():
    with override("zh-hans"):
        yield


@pytest.fixture
def as_admin(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def queries():
    """`queries(client, url)` counts what a page asks the database."""

    def count(client, url):
        client.get(url)  # whatever is read once per process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def part():
    """`part(client, url, "person-rows")` is what htmx gets for that element."""

    def get(client, url, target, data=None):
        headers = {"HX-Request": "true", "HX-Target": target}
        if data is None:
            return client.get(url, headers=headers)
        return client.post(url, data, headers=headers)

    return get
