"""What people say about a risk: whom it tells, what happens twice, how it is taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from registers.services import close_risk, merge_risk
from riskhub.entry.repeats import KeyReused
from riskhub.files.discussions import Settled
from riskhub.files.models import Comment, CommentWithdrawal
from riskhub.files.services import add_comment, withdraw_comment
from riskhub.notices.models import Notice
from tests.registers.audit import Trail


def told():
    rows = Notice.objects.filter(kind="comment_mentioned").order_by("pk")
    return [notice.user.username for notice in rows]


class TestNobodyIsToldOfWhatTheyDoNotSee:
    @pytest.mark.parametrize(
        "name", ["staff.repair", "赵勇", "staff.cleaning", "outsider", "nobody"]
    )
    def test_and_their_name_is_refused_as_one_that_does_not_exist(
        self, risk, risk_manager, staff_repair, staff_cleaning, outsider, name
    ):
        with pytest.raises(ValidationError) as refusal:
            add_comment(risk, f"@{name} 看一下", by=risk_manager)
        (sentence,) = refusal.value.message_dict["text"]
        assert sentence.replace(name, "x") == ("“@x”不是看得到这里的人。从列表里选一个，或去掉 @。")
        assert (Comment.objects.count(), told()) == (0, [])

    def test_nor_who_has_left(self, risk, risk_manager, head_cleaning):
        head_cleaning.is_active = False
        head_cleaning.save()
        with pytest.raises(ValidationError):
            add_comment(risk, "@head.cleaning", by=risk_manager)


def test_who_is_mentioned_is_told_once_with_a_way_to_it(risk, risk_manager, head_cleaning, auditor):
    text = "@周立 先停排班，@head.cleaning 周五前。@auditor @陈静"
    comment = add_comment(risk, text, by=risk_manager)
    assert set(comment.mentions.all()) == {head_cleaning, auditor, risk_manager}
    assert sorted(told()) == ["auditor", "head.cleaning"]
    notice = Notice.objects.get(user=head_cleaning)
    assert notice.url == f"/risks/R001/?kind=comments#comment-{comment.pk}"
    assert notice.title == "陈静在 R001 客户家中漏水的评论里提到了你"
    assert "排班" not in str(notice.params)


def test_what_is_written_down(risk, risk_manager):
    trail = Trail()
    add_comment(risk, "  排班要先停 \u200b", by=risk_manager)
    event = trail.only("files_comment")
    assert (event.action, event.actor_name) == ("comment.added", "陈静")
    assert event.after["text"] == "排班要先停"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_nothing_is_no_comment(risk, risk_manager, text):
    with pytest.raises(ValidationError):
        add_comment(risk, text, by=risk_manager)
    assert Comment.objects.count() == 0


def test_sent_twice_it_is_there_once(risk, risk_manager, head_cleaning):
    key = uuid4()
    first, second = (
        add_comment(risk, "@周立 看", by=risk_manager, client_uuid=key) for _time in (1, 2)
    )
    assert (first.pk, told()) == (second.pk, ["head.cleaning"])
    for row, text, by in (
        (risk, "别的话", risk_manager), (risk, "@周立 看", head_cleaning),
    ):  # fmt: skip
        with pytest.raises(KeyReused):
            add_comment(row, text, by=by, client_uuid=key)
    assert Comment.objects.count() == 1


def test_after_going_back_the_same_words_are_the_same_and_later_they_are_not(risk, risk_manager):
    hour = timedelta(hours=1)
    first = add_comment(risk, "同意", by=risk_manager)
    again = add_comment(risk, "同意", by=risk_manager, once_since=timezone.now() - hour)
    later = add_comment(risk, "同意", by=risk_manager, once_since=timezone.now() + hour)
    assert (first.pk == again.pk, first.pk == later.pk) == (True, False)


def test_a_merged_risk_is_no_longer_talked_about_and_a_closed_one_is(
    risk, other_risk, risk_manager
):
    merge_risk(other_risk, into=risk, by=risk_manager, reason="同一件事")
    other_risk.refresh_from_db()
    with pytest.raises(Settled):
        add_comment(other_risk, "还在吗", by=risk_manager)
    close_risk(risk, by=risk_manager, reason="停办")
    risk.refresh_from_db()
    assert add_comment(risk, "记一笔", by=risk_manager).pk


class TestTakingBack:
    @pytest.fixture
    def comment(self, risk, risk_manager):
        return add_comment(risk, "写错了", by=risk_manager)

    def test_is_a_new_fact_and_the_words_stay_as_they_were(self, comment, risk_manager):
        trail = Trail()
        withdraw_comment(comment, by=risk_manager)
        withdraw_comment(comment, by=risk_manager)
        assert trail.events() == [("comment.withdrawn", "files_commentwithdrawal", "insert")]
        assert Comment.objects.get().text == "写错了"
        assert Comment.objects.get().is_withdrawn

    @pytest.mark.parametrize(("minutes", "is_taken"), [(14, True), (16, False)])
    def test_for_a_quarter_of_an_hour(self, comment, risk_manager, time_machine, minutes, is_taken):
        time_machine.move_to(comment.at + timedelta(minutes=minutes))
        if is_taken:
            withdraw_comment(comment, by=risk_manager)
        else:
            with pytest.raises(Settled):
                withdraw_comment(comment, by=risk_manager)
        assert CommentWithdrawal.objects.exists() is is_taken

    def test_by_its_author_alone(self, comment, second_manager):
        with pytest.raises(Settled):
            withdraw_comment(comment, by=second_manager)
        assert not CommentWithdrawal.objects.exists()


class TestTheDatabaseRefuses:
    def test_an_empty_comment(self, risk_manager):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(
                owner_type="registers.risk", owner_id=1, author=risk_manager, text=" \n"
            )

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE files_comment SET text = 'x'",
            "DELETE FROM files_comment",
            "DELETE FROM files_comment_mentions",
            "DELETE FROM files_commentwithdrawal",
            "UPDATE files_commentwithdrawal SET at = now()",
        ],
    )
    def test_another_past(self, risk, risk_manager, head_cleaning, statement):
        withdraw_comment(add_comment(risk, "@周立", by=risk_manager), by=risk_manager)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
