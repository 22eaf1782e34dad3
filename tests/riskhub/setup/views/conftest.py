import pytest


@pytest.fixture
def part():
    """`part(client, url, "setup-form", data)` is what htmx gets for that element."""

    def get(client, url, target, data):
        return client.post(url, data, headers={"HX-Request": "true", "HX-Target": target})

    return get
