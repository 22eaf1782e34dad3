"""What keeps a plan from being in force though the database would take it, and what is only advised."""

import pytest

from assessments.contingency.lacks import advised_for
from assessments.services import ContingencyIncomplete, StepText, TriggerText, put_in_force
from tests.contingency import content, make_contingency, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "facts", "what"),
    [
        ("中文", {"steps": [StepText(minute=n, text_zh="报告" * 150) for n in range(40)]}, "步骤占得最多"),
        ("英文", {"steps": [StepText(minute=n, text_zh="报告", text_en="report " * 40) for n in range(40)]},
         "步骤占得最多"),
        ("中文", {"triggers": [TriggerText(text_zh="有人受伤" * 70)] * 20, "contacts": "值\n" * 90,
                    "steps": [StepText(minute=1, text_zh="报告")]},
         "触发条件占得最多"),
        ("中文", {"contacts": "值\n" * 999}, "联系人占得最多"),
    ],
)  # fmt: skip
def test_what_no_page_holds_is_written_but_does_not_come_in_force(
    risk_manager, ops, language, facts, what
):
    made = make_contingency(ops, by=risk_manager, in_force=False, said=content(ops, **facts))
    with pytest.raises(ContingencyIncomplete) as refusal:
        put_in_force(made, by=risk_manager)
    (sentence,) = refusal.value.messages
    assert sentence.partition("内容")[0] == f"卡片只有一页。{language}"
    assert what in sentence
    assert stored(made).state == "draft"


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({}, ["代理人"]), ({"contacts": "值班 138"}, ["代理人"]),
        ({"steps": [StepText(minute=0, text_zh="停工")]}, ["电话", "代理人"]),
    ],
)  # fmt: skip
def test_without_a_phone_or_a_deputy_it_is_warned_about(risk_manager, ops, facts, lacks):
    plan = make_contingency(ops, by=risk_manager, said=content(ops, **facts))
    found = advised_for(plan.in_force)
    assert [words in said for words, said in zip(lacks, found, strict=True)] == [True] * len(lacks)


def test_with_a_deputy_and_a_phone_nothing_is_advised(risk_manager, ops, clean):
    said = content(ops, deputy_department=clean)
    assert advised_for(make_contingency(ops, by=risk_manager, said=said).in_force) == []
