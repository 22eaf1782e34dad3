from datetime import timedelta

import pytest

from riskhub.files.models import CommentWithdrawal
from riskhub.files.services import add_comment
from tests.registers.audit import Trail
from tests.registers.pages import messages_of


@pytest.fixture
def comment(risk, head_cleaning):
    return add_comment(risk, "写错了", by=head_cleaning)


@pytest.fixture
def url(comment):
    return f"/comments/{comment.pk}/withdraw/"


def test_its_author_takes_it_back(url, sign_in, head_cleaning):
    client = sign_in(head_cleaning)
    assert url in client.get("/risks/R001/").content.decode()
    trail = Trail()
    response = client.post(url)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    assert messages_of(response) == ["评论已撤回。"]
    assert trail.events() == [("comment.withdrawn", "files_commentwithdrawal", "insert")]
    assert url not in client.get("/risks/R001/").content.decode()
    assert client.post(url).status_code == 302
    assert CommentWithdrawal.objects.count() == 1


def test_too_late_it_says_what_to_do(url, comment, sign_in, head_cleaning, time_machine):
    client = sign_in(head_cleaning)
    time_machine.move_to(comment.at + timedelta(minutes=16))
    response = client.post(url)
    assert response.status_code == 409
    assert "15 分钟" in response.content.decode()
    assert not CommentWithdrawal.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("risk_manager", 403), ("auditor", 403), ("staff_repair", 404), ("outsider", 404)],
)
def test_nobody_else(url, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url).status_code == status
    assert not CommentWithdrawal.objects.exists()
    if status == 403:
        assert url not in client.get("/risks/R001/").content.decode()


def test_not_by_reading(url, manager):
    assert manager.get(url).status_code == 405
