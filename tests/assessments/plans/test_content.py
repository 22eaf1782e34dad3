from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.rules import Asked, may_accept_freely, plan_faults

TODAY = date(2026, 3, 1)
ACTION = PlannedAction("a1", "培训", 1, "2026-03-01")


def faults(content, residual=(4, 3), **fields):
    return set(plan_faults(content, residual, TODAY, **fields))


def test_the_same_content_is_the_same_text():
    one = PlanContent("mitigate", objective="降到中", target=(2, 3), actions=(ACTION,))
    assert PlanContent.parse(one.canonical()) == one
    assert PlanContent.parse(one.canonical()).canonical() == one.canonical()
    assert one.canonical() == (
        '{"accept_reason":"","accept_until":"","actions":[{"due_on":"2026-03-01","key":"a1",'
        '"owner":1,"title":"培训"}],"avoid_what":"","objective":"降到中","strategy":"mitigate",'
        '"target":[2,3],"transfer_by":"","transfer_to":""}'
    )
    assert PlanContent.parse(PlanContent("avoid").canonical()).target is None


@pytest.mark.parametrize("field", ["objective", "avoid_what", "transfer_to", "accept_reason"])
def test_one_word_is_another_text(field):
    assert PlanContent("avoid").canonical() != PlanContent("avoid", **{field: "字"}).canonical()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PlanContent(""), {"strategy"}),
        (PlanContent("hope"), {"strategy"}),
        (PlanContent("avoid"), {"avoid_what", "avoid_node"}),
        (PlanContent("avoid", avoid_what=" ", avoid_node=1), {"avoid_what"}),
        (PlanContent("avoid", avoid_what="停做高空擦窗"), {"avoid_node"}),
        (PlanContent("avoid", avoid_what="停做高空擦窗", avoid_node=1), set()),
        (PlanContent("avoid", avoid_what="停做高空擦窗", change=1), set()),
        (PlanContent("avoid", change=1), {"avoid_what"}),
        (PlanContent("transfer"), {"transfers", "transfer_share"}),
        (PlanContent("transfer", transfer_to="保险公司"), {"transfers", "transfer_share"}),
        (PlanContent("transfer", transfers=("policy:1",)), {"transfer_share"}),
        (PlanContent("transfer", transfers=("policy:1",), transfer_share=100), set()),
        (PlanContent("mitigate"), {"actions"}),
        (PlanContent("mitigate", actions=(ACTION,)), set()),
        (PlanContent("accept"), {"accept_reason", "accept_until"}),
        (PlanContent("accept", accept_reason="贵", accept_until="2026-03-02"), set()),
    ],
)
def test_each_strategy_has_its_rule(content, expected):
    assert faults(content) == expected


def test_an_unrated_risk_is_assessed_first():
    assert faults(PlanContent("mitigate"), residual=None) == {"strategy"}


@pytest.mark.parametrize("residual", [None, (4, 4)])
def test_without_strategy_or_level_the_rest_is_looked_at_all_the_same(residual):
    late = replace(ACTION, due_on="2026-02-01")
    found = faults(
        PlanContent("", target=(5, 5), actions=(late,)), residual, asked=Asked(True, True)
    )
    rest = {"special_measures", "sponsor", "contingency", "actions"}
    assert found == {"strategy", *rest, *(["target"] if residual else [])}


SCORES = [(p, i) for p in range(1, 6) for i in range(1, 6)]


@pytest.mark.parametrize("residual", SCORES)
def test_only_the_improbable_and_small_is_accepted_without_more(residual):
    free = residual[0] <= 2 and residual[1] <= 2
    assert may_accept_freely(*residual) is free
    expected = set() if free else {"accept_reason", "accept_until"}
    if min(residual) >= 4:
        expected |= {"special_measures", "sponsor", "contingency"}
    assert faults(PlanContent("accept"), residual) == expected


@pytest.mark.parametrize(
    ("days", "is_right"), [(-1, False), (0, False), (1, True), (365, True), (366, False)]
)
def test_accepted_until_is_within_a_year(days, is_right):
    until = (TODAY + timedelta(days=days)).isoformat()
    content = PlanContent("accept", accept_reason="贵", accept_until=until)
    assert faults(content) == (set() if is_right else {"accept_until"})
    assert faults(content, (1, 1)) == (set() if is_right else {"accept_until"})


def test_a_year_from_a_leap_day_ends_with_february():
    for until, wrong in (("2029-02-28", set()), ("2029-03-01", {"accept_until"})):
        content = PlanContent("accept", accept_reason="贵", accept_until=until)
        assert plan_faults(content, (4, 3), date(2028, 2, 29)).keys() == wrong


@pytest.mark.parametrize(
    ("target", "is_right"),
    [((4, 3), True), ((1, 1), True), ((5, 3), False), ((4, 4), False), ((1, 4), False)],
)
def test_the_target_is_not_above_the_present(target, is_right):
    content = PlanContent("avoid", avoid_what="停", avoid_node=1, target=target)
    assert faults(content) == (set() if is_right else {"target"})


def test_an_action_has_a_title_and_lies_ahead():
    untitled = PlannedAction("a1", " ", 1, "2026-03-02")
    late = PlannedAction("a2", "复训", 1, "2026-02-28")
    assert faults(PlanContent("mitigate", actions=(untitled,))) == {"actions"}
    told = plan_faults(PlanContent("mitigate", actions=(ACTION, late)), (4, 3), TODAY)
    assert "复训" in told["actions"]
    assert "3月1日" in told["actions"]


def test_a_late_day_that_stands_is_not_asked_for_again():
    late = PlannedAction("a2", "复训", 1, "2026-02-28")
    content = PlanContent("mitigate", actions=(ACTION, late))
    assert faults(content, standing={("a2", "2026-02-28")}) == set()
    assert faults(content, standing={("a2", "2026-02-27"), ("a1", "2026-02-28")}) == {"actions"}


def test_what_is_done_need_not_lie_ahead():
    late = PlannedAction("a2", "复训", 1, "2026-02-28")
    content = PlanContent("mitigate", actions=(ACTION, late))
    assert faults(content, open_actions=[ACTION]) == set()


def test_what_happens_to_people_is_never_passed_on_as_a_whole():
    injury = Asked(injury=True)
    whole = PlanContent("transfer", transfers=("policy:1",), transfer_share=100)
    assert faults(whole, asked=injury) == {"transfer_share", "transfer_stays"}
    part = replace(whole, transfer_share=80, transfer_stays="赔偿不足部分由公司承担")
    assert faults(part, asked=injury) == set()
    assert faults(PlanContent("mitigate", actions=(ACTION,)), asked=injury) == set()


def test_what_could_not_be_said_before_leaves_the_text_of_old_plans_alone():
    """Their hash is what was approved."""
    old = PlanContent("mitigate", actions=(ACTION,)).canonical()
    for name in (
        "special_measures",
        "sponsor",
        "resources",
        "transfers",
        "contingency",
        "avoid_node",
        "change",
    ):
        assert name not in old
