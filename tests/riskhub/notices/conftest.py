import pytest

from riskhub.notices.models import Notice


@pytest.fixture
def notice(db):
    """`notice(user)` is one that leads to the risks, unread."""

    def make(user, dedupe="a", **fields):
        values = {"kind": "report_ready", "params": {"period": "2026Q3"}, "url": "/risks/"}
        return Notice.objects.create(user=user, dedupe=dedupe, **(values | fields))

    return make
