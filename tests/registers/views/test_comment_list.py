"""Comments on a risk: who reads them, who says something, what is refused and keeps the words."""

from uuid import uuid4

import pytest

from registers.services import close_risk, merge_risk
from riskhub.files.models import Comment
from riskhub.files.services import add_comment, withdraw_comment
from tests.registers.pages import main_of, messages_of

PAGE = "/risks/R001/"


@pytest.fixture
def url(risk):
    return f"/comments/of/registers.risk-{risk.pk}/"


@pytest.fixture
def head(sign_in, head_cleaning):
    return sign_in(head_cleaning)


def sent(text, **fields):
    return {"text": text, "client_uuid": str(uuid4())} | fields


class TestAnotherDepartment:
    def test_reads_nothing_and_says_nothing(self, url, risk, risk_manager, sign_in, staff_repair):
        add_comment(risk, "别的部门不该看到", by=risk_manager)
        client = sign_in(staff_repair)
        missing = "/comments/of/registers.risk-98765/"
        for path in (url, missing, f"{url}people/", f"{missing}people/"):
            assert client.get(path).status_code == 404
        assert client.post(url, sent("你好")).status_code == 404
        assert client.get(f"/comments/{Comment.objects.get().pk}/").status_code == 404
        assert Comment.objects.count() == 1

    @pytest.mark.parametrize(
        "name", ["registers.register-1", "files.comment-1", "x", "accounts.user-1"]
    )
    def test_what_nobody_talks_about(self, manager, risk, name):
        assert manager.get(f"/comments/of/{name}/").status_code == 404


def test_said_on_the_page_it_stands_first_in_the_timeline(url, head, risk):
    response = head.post(url, sent("先停排班"))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert messages_of(response) == ["评论已加上。"]
    page = main_of(head.get(PAGE))
    assert page.index("评论 先停排班") < page.rindex("登记 陈静")
    assert "先停排班" in main_of(head.get(f"{PAGE}?kind=comments"))
    assert "先停排班" not in main_of(head.get(f"{PAGE}?kind=origins"))


def test_who_was_told_is_said(url, head, risk_manager):
    assert messages_of(head.post(url, sent("@陈静 看")))[0] == "评论已加上，并告诉了陈静。"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "x" * 2001, "@nobody.here 看", "a\x00b"],
    ids=["none", "blank", "long", "at", "nul"],
)
def test_what_is_refused_stays_in_the_box(url, head, part, text):
    response = part(head, url, "comment-form", sent(text))
    body = response.content.decode()
    assert response.status_code == 422
    assert body.strip().startswith("<form")
    assert "<html" not in body
    assert Comment.objects.count() == 0
    if text.startswith("@"):
        assert "@nobody.here 看</textarea>" in body


def test_the_double_click_and_the_page_gone_back_to(url, head):
    first = sent("同意")
    for fields in (first, first, sent("同意")):
        assert head.post(url, fields).status_code == 302
    assert Comment.objects.count() == 1


def test_a_key_that_stands_for_other_words_is_told(url, head):
    first = sent("同意")
    head.post(url, first)
    response = head.post(url, first | {"text": "不同意，因为夜班没人"})
    assert response.status_code == 422
    assert "不同意，因为夜班没人" in response.content.decode()


def test_a_merged_risk_refuses_and_gives_the_words_back(
    other_risk, risk, risk_manager, manager, part
):
    merge_risk(other_risk, into=risk, by=risk_manager, reason="同一件事")
    url = f"/comments/of/registers.risk-{other_risk.pk}/"
    response = manager.post(url, sent("一段很长的话不能丢"))
    assert response.status_code == 409
    assert "一段很长的话不能丢" in response.content.decode()
    assert Comment.objects.count() == 0


def test_a_closed_risk_may_still_be_talked_about(url, risk, risk_manager, manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.post(url, sent("记一笔")).status_code == 302


class TestTheAuditor:
    def test_reads_and_says_nothing(self, url, risk, risk_manager, sign_in, auditor):
        add_comment(risk, "排班要先停", by=risk_manager)
        client = sign_in(auditor)
        for path in (url, PAGE):
            page = client.get(path)
            assert "排班要先停" in main_of(page)
            assert "comment-form" not in page.text
        assert client.post(url, sent("我来说")).status_code == 403
        assert client.get(f"{url}people/").status_code == 403
        assert Comment.objects.count() == 1


def test_what_was_withdrawn_is_read_nowhere(url, risk, risk_manager, head, manager):
    comment = add_comment(risk, "写错的话", by=risk_manager)
    withdraw_comment(comment, by=risk_manager)
    for path in (url, PAGE, f"{PAGE}history/", f"/comments/{comment.pk}/"):
        page = main_of(head.get(path))
        assert "写错的话" not in page
        assert "作者已撤回" in page
    assert "写错的话" not in head.get(f"{PAGE}history/?newest").content.decode()


PAYLOADS = (
    "<script>window.hit=1</script>", "<img src=x onerror=window.hit=1>",
    "javascript:window.hit=1", '"><svg onload=window.hit=1>',
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_is_said_is_markup(url, head, payload):
    assert head.post(url, sent(payload)).status_code == 302
    for path in (url, PAGE, f"{PAGE}history/"):
        body = head.get(path).content.decode()
        assert "<script>window" not in body
        assert "<img src=x" not in body
        assert "<svg onload" not in body
        assert 'href="javascript' not in body


def test_a_long_one_is_cut_and_can_be_read_whole(url, head, risk, risk_manager):
    comment = add_comment(risk, "长" * 400, by=risk_manager)
    page = head.get(PAGE).content.decode()
    assert "长" * 301 not in page
    assert f'href="/comments/{comment.pk}/"' in page
    assert "长" * 400 in head.get(f"/comments/{comment.pk}/").content.decode()


def test_the_queries_do_not_grow_with_what_is_said(
    url, head, risk, risk_manager, second_manager, queries
):
    def more(by):
        add_comment(risk, f"@周立 {Comment.objects.count()}", by=by)

    more(risk_manager)
    one = [queries(head, path) for path in (url, PAGE)]
    more(second_manager)
    more(risk_manager)
    assert [queries(head, path) for path in (url, PAGE)] == one


def test_page_by_page(url, head, risk, risk_manager, part):
    for number in range(12):
        add_comment(risk, f"第 {number} 句", by=risk_manager)
    response = part(head, f"{url}?page=2", "comment-rows")
    body = response.content.decode()
    assert body.strip().startswith('<div id="comment-rows"')
    assert "第 1 句" in body
    assert "第 2 句" not in body


def test_a_page_full_of_talk_stays_light(risk, risk_manager, second_manager, manager):
    for number in range(40):
        by = risk_manager if number % 2 else second_manager
        add_comment(risk, f"{number}" + "长" * 1990, by=by)
    assert len(manager.get(PAGE).content) < 100_000
