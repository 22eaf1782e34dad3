"""The groups that are told, without their address."""

import pytest

from riskhub.notices.services import create_webhook
from tests.riskhub.notices.listening import ADDRESSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(admin):
    return create_webhook(
        by=admin,
        name="客服群",
        robot="feishu",
        topics=["danger", "gone"],
        address=ADDRESSES["feishu"],
    )


def test_each_with_what_it_is_told_and_no_more_than_a_hint(sign_in, admin, group):
    page = sign_in(admin).get("/settings/groups/")
    text = page.content.decode()
    assert [(row.name, [str(name) for name in names]) for row, names in page.context["rows"]] == [
        ("客服群", ["危险"])
    ]
    assert "open.feishu.cn …cret" in text
    assert "5d3f1a2b" not in text


def test_none(sign_in, admin):
    assert "还没有通知群" in sign_in(admin).get("/settings/groups/").content.decode()


def test_nobody_else_sees_them(sign_in, risk_manager, group):
    assert sign_in(risk_manager).get("/settings/groups/").status_code == 403
