import pytest

from riskhub.work.models import Work


@pytest.fixture
def dead_work(db):
    """`dead_work("mail:1")` is a job that was given up."""

    def make(dedupe="mail:1", **fields):
        values = {"kind": "notice.mail", "state": "dead", "attempts": 11}
        values |= {"reason": "network", "error": "[Errno 113] No route to host"}
        return Work.objects.create(dedupe=dedupe, **(values | fields))

    return make
