from dataclasses import replace

from assessments.plans.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    Piece,
    compare,
    diff_words,
    replace_whole,
)
from assessments.plans.content import PlanContent, PlannedAction, PlannedResource


def spell(content, key):
    return str(getattr(content, key) or "")


def changes(before, after):
    labels = {key: key.upper() for key in ("strategy", "objective", "accept_until")}
    return compare(
        before, after, labels=labels, spell=spell,
        spell_action=lambda one: (one.title, f"人{one.owner}", one.due_on),
        spell_resource=lambda one: (one.what, one.amount),
    )  # fmt: skip


def test_chinese_is_compared_by_the_character():
    assert diff_words("从每月两起降到每季度一起", "从每月两起降到每半年一起") == [
        Piece(SAME, "从每月两起降到每"),
        Piece(REMOVED, "季度"),
        Piece(ADDED, "半年"),
        Piece(SAME, "一起"),
    ]


def test_english_is_compared_by_the_word():
    assert diff_words("Train all fitters", "Train 12 fitters") == [
        Piece(SAME, "Train "), Piece(REMOVED, "all"), Piece(ADDED, "12"), Piece(SAME, " fitters"),
    ]  # fmt: skip


def test_a_number_is_one_piece():
    assert diff_words("试压 10 分钟", "试压 15 分钟") == [
        Piece(SAME, "试压 "), Piece(REMOVED, "10"), Piece(ADDED, "15"), Piece(SAME, " 分钟"),
    ]  # fmt: skip


def test_another_text_replaces_the_whole():
    assert diff_words("停做高空擦窗", "全部换成自动工具") == [
        Piece(REMOVED, "停做高空擦窗"), Piece(ADDED, "全部换成自动工具"),
    ]  # fmt: skip
    assert diff_words("", "新的") == [Piece(ADDED, "新的")]
    assert diff_words("旧的", "") == [Piece(REMOVED, "旧的")]
    assert diff_words("一样", "一样") == [Piece(SAME, "一样")]


def test_a_date_or_name_changes_as_a_whole():
    assert replace_whole("11月15日", "12月15日") == [
        Piece(REMOVED, "11月15日"),
        Piece(ADDED, "12月15日"),
    ]
    assert replace_whole("王芳", "王芳") == [Piece(SAME, "王芳")]


def test_both_texts_can_be_read_from_the_pieces():
    before, after = "完工试压 10 分钟并拍照", "完工后先试压 15 分钟"
    pieces = diff_words(before, after)
    assert "".join(p.text for p in pieces if p.kind != ADDED) == before
    assert "".join(p.text for p in pieces if p.kind != REMOVED) == after


def test_field_by_field_and_action_by_action():
    one, two = (
        PlannedAction("a", "培训", 1, "2026-01-01"),
        PlannedAction("b", "抽查", 1, "2026-01-01"),
    )
    before = PlanContent("accept", objective="旧", accept_until="2026-05-01", actions=(one, two))
    later = PlannedAction("a", "培训", 2, "2026-02-01")
    new = PlannedAction("c", "复训", 1, "2026-03-01")
    after = PlanContent("accept", objective="旧", accept_until="2026-06-01", actions=(new, later))
    found = changes(before, after)
    assert [(f.label, f.pieces) for f in found.fields] == [
        ("ACCEPT_UNTIL", [Piece(REMOVED, "2026-05-01"), Piece(ADDED, "2026-06-01")])
    ]
    assert found.unchanged == ["STRATEGY", "OBJECTIVE"]
    assert [(a.kind, a.title[0].text) for a in found.actions.rows] == [
        (ADDED, "复训"), (CHANGED, "培训"), (REMOVED, "抽查"),
    ]  # fmt: skip
    assert found.actions.rows[1].facts == [
        [Piece(REMOVED, "人1"), Piece(ADDED, "人2")],
        [Piece(REMOVED, "2026-01-01"), Piece(ADDED, "2026-02-01")],
    ]
    assert (found.changed, found.added, found.removed, found.actions.same) == (2, 1, 1, 0)


def test_resources_line_by_line():
    money, people = (
        PlannedResource("m", "money", "夜班补员", "144000"),
        PlannedResource("p", "people", "护理员", "3", "人"),
    )
    before = PlanContent("accept", resources=(money, people))
    after = PlanContent("accept", resources=(replace(money, amount="120000"), people))
    found = changes(before, after)
    assert [(one.kind, one.facts) for one in found.resources.rows] == [
        (CHANGED, [[Piece(REMOVED, "144000"), Piece(ADDED, "120000")]]),
        (SAME, [[Piece(SAME, "3")]]),
    ]
    assert (found.changed, found.resources.same) == (1, 1)


def test_what_stayed_is_counted():
    one = PlannedAction("a", "培训", 1, "2026-01-01")
    same = PlanContent("avoid", actions=(one,))
    found = changes(same, same)
    assert (found.changed, found.added, found.removed, found.actions.same) == (0, 0, 0, 1)
    assert found.unchanged == ["STRATEGY", "OBJECTIVE", "ACCEPT_UNTIL"]
