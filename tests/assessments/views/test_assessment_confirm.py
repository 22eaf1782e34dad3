import re

import pytest

from assessments.effects import Effect
from assessments.grounds import Basis
from assessments.models import Assessment
from assessments.services import (
    Imported,
    Scores,
    confirm_assessment,
    record_assessment,
    record_assessments,
    reject_assessment,
)
from registers.services import link_control
from riskhub.accounts.services import assign_role
from tests.assessments.events import events_of
from tests.assessments.matrices import in_force
from tests.assessments.pages import htmx, moment_in_english, queries_of, told
from tests.builders import assess, make_control, make_risk
from tests.cast import make_user
from tests.controls import controls_of, navigation_of

pytestmark = pytest.mark.django_db

URL = "/assessments/waiting/"


@pytest.fixture
def imported(register, risk_manager, ops):
    risks = [make_risk(register, by=risk_manager, title=f"风险 {n}") for n in range(3)]
    rows = [Imported(risk, Scores((5, 5), (4, 3)), n == 0, "导入") for n, risk in enumerate(risks)]
    return record_assessments(rows, by=risk_manager)


def keys(*assessments):
    return [assessment.pk for assessment in assessments]


def states():
    return list(Assessment.objects.order_by("pk").values_list("state", flat=True))


def test_it_shows_what_waits_and_why_not(imported, risk, second_manager, sign_in):
    own = assess(risk, (5, 5), (5, 5), by=second_manager)
    page = sign_in(second_manager).get(URL)
    rows = page.context["rows"]
    assert [(one.pk, bool(why)) for one, why, _former in rows] == [
        (own.pk, True), *((one.pk, False) for one in imported),
    ]  # fmt: skip
    assert page.context["mine"] == 3
    assert page.text.count('name="chosen"') == 3
    assert "imported, controls not linked" in page.text
    assert "You made this assessment. Another person confirms it." in page.text


def test_what_another_matrix_reads_otherwise_says_so(
    register, risk, risk_manager, second_manager, approver, sign_in
):
    """In the cautious matrix (2,2) is no longer Low: what waits, and what holds until then."""
    client = sign_in(second_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    assess(risk, (5, 5), (2, 2), by=risk_manager)
    assess(make_risk(register, by=risk_manager, title="乙"), (5, 5), (4, 3), by=risk_manager)
    before = queries_of(client, URL)
    assert "under M2" not in client.get(URL).text
    in_force(by=risk_manager, approver=approver)
    assert client.get(URL).text.count("Medium under M2") == 2
    assert queries_of(client, URL) == before


def test_a_quick_one_is_marked_as_quick(risk, risk_manager, second_manager, sign_in):
    scores = Scores((4, 4), (4, 4))
    record_assessment(risk, by=risk_manager, scores=scores, rationale="先评", method="qualitative")
    assert "High / medium / low" in sign_in(second_manager).get(URL).text


def head_of(page):
    """What the head of the page says, and the number beside the entry in the navigation."""
    head = page.text[page.text.index("<h1>") :]
    words = re.sub(r"<[^>]+>", "|", head[: head.index("</div>")])
    side = page.text[page.text.index('<nav class="rh-side"') : page.text.index("</nav>")]
    count = re.search(r'rh-count">(\d+)<', side)
    return [part.strip() for part in words.split("|") if part.strip()][1:], count and count[1]


def test_the_number_in_the_navigation_is_that_of_the_page(
    imported, register, risk, second_manager, approver, sign_in
):
    for title in ("甲", "乙"):
        own = make_risk(register, by=second_manager, title=title)
        assess(own, (5, 5), (5, 5), by=second_manager)
    parts = ["3 for you to confirm", "2 of your own wait for another person"]
    assert head_of(sign_in(second_manager).get(URL)) == (parts, "3")
    assert head_of(sign_in(approver).get(URL)) == (["5 for you to confirm"], "5")


def test_what_another_department_decides_is_counted_apart(
    imported, register, tech, risk_manager, sign_in
):
    """Sees everything, confirms for one department only."""
    reader = make_user("zheng", "郑和")
    assign_role(reader, by=None, role="auditor")
    assign_role(reader, by=None, role="risk_manager", department=tech)
    theirs = make_risk(register, by=risk_manager, title="丙", department=tech)
    assess(theirs, (5, 5), (5, 5), by=risk_manager)
    page = sign_in(reader).get(URL)
    assert head_of(page) == (["1 for you to confirm", "3 for others"], "1")
    assert page.context["mine"] == 1


def test_all_are_ticked_where_asked(imported, approver, sign_in):
    assert (
        sign_in(approver).get(f"{URL}?all=1").text.count(" checked") == 4
    )  # with that in the head


def test_many_confirmed_in_one_go(imported, second_manager, sign_in):
    page = sign_in(second_manager).post(URL, {"chosen": keys(*imported), "decision": "confirm"})
    assert (page.status_code, page["Location"], told(page)) == (302, URL, ["3 confirmed."])
    assert states() == ["confirmed"] * 3
    for one in imported:
        (event,) = events_of(one, action="assessment.confirmed")
        assert event["actor_name"] == "李强"
        one.risk.refresh_from_db()
        assert one.risk.level_word == "high"


def test_each_refusal_is_named_and_the_others_go_through(
    imported, risk, second_manager, approver, sign_in
):
    own = assess(risk, (5, 5), (5, 5), by=second_manager)
    confirm_assessment(Assessment.objects.get(pk=imported[0].pk), by=approver)
    chosen = keys(own, *imported[:2])
    at = moment_in_english(Assessment.objects.get(pk=imported[0].pk).confirmed_at)
    page = sign_in(second_manager).post(URL, {"chosen": chosen, "decision": "confirm"})
    assert told(page) == [
        "1 confirmed.",
        f"{imported[0].risk.code}: {approver} confirmed it already, on {at}.",
        f"{risk.code}: You made this assessment. Another person confirms it.",
    ]
    assert [one.state for one in (Assessment.objects.get(pk=k) for k in chosen)] == [
        "submitted", "confirmed", "confirmed",
    ]  # fmt: skip


@pytest.mark.parametrize("decision", ["confirm", "reject"])
def test_what_was_sent_back_says_why(imported, second_manager, approver, sign_in, decision):
    first = Assessment.objects.get(pk=imported[0].pk)
    reject_assessment(first, by=approver, reason="没看投诉")
    sent = {"chosen": keys(first), "decision": decision, "reason": "少了依据"}
    page = sign_in(second_manager).post(URL, sent)
    assert told(page) == [f"{first.risk.code}: It was sent back already: 没看投诉"]


def test_many_refusals_are_counted(register, risk_manager, sign_in):
    risks = [make_risk(register, by=risk_manager, title=f"风险 {n}") for n in range(7)]
    own = [assess(risk, (5, 5), (5, 5), by=risk_manager) for risk in risks]
    page = sign_in(risk_manager).post(URL, {"chosen": keys(*own), "decision": "confirm"})
    assert len(told(page)) == 6
    assert told(page)[-1] == "2 more were not decided for the same reasons."


def test_sent_back_with_one_reason(imported, second_manager, sign_in):
    sent = {"chosen": keys(*imported[:2]), "decision": "reject", "reason": "先核对"}
    page = sign_in(second_manager).post(URL, sent)
    assert told(page) == ["2 sent back."]
    assert states() == ["rejected", "rejected", "submitted"]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"decision": "confirm"}, {"chosen"}),
        ({"decision": "reject", "reason": " "}, {"reason"}),
        ({"decision": "burn"}, {"decision"}),
        ({"decision": "confirm", "chosen": "x"}, {"chosen"}),
    ],
)
def test_what_is_missing_is_said(imported, second_manager, sign_in, sent, wrong):
    if wrong != {"chosen"}:
        sent["chosen"] = keys(*imported)
    page = sign_in(second_manager).post(URL, sent, **htmx("confirm-form"))
    assert page.status_code == 422
    assert page.text.strip().startswith("<form")
    assert set(page.context["form"].errors) == wrong
    assert states() == ["submitted"] * 3
    assert page.text.count(" checked") == (0 if wrong == {"chosen"} else 3)


def test_what_is_wrong_is_named_in_the_readers_language(imported, second_manager, sign_in):
    page = sign_in(second_manager, "zh-hans").post(URL, {"decision": "confirm"})
    assert '<a href="#id_chosen">评估</a>：至少勾选一项。' in page.text
    assert 'id="id_chosen"' in page.text
    page = sign_in(second_manager).post(URL, {"chosen": keys(*imported)})
    assert f"<li>{page.context['form'].errors['decision'][0]}</li>" in page.text


def test_another_department_is_neither_shown_nor_decided(imported, tech, sign_in):
    elsewhere = make_user("approver.tech", "别处", "approver", tech)
    client = sign_in(elsewhere)
    assert client.get(URL).context["rows"] == []
    page = client.post(URL, {"chosen": keys(*imported), "decision": "confirm"})
    assert (page.status_code, states()) == (422, ["submitted"] * 3)


def test_seen_but_not_covered_is_refused(imported, tech, sign_in):
    """An auditor everywhere who approves for one department sees all and decides there only."""
    user = make_user("both", "两职", "auditor")
    assign_role(user, by=None, role="approver", department=tech)
    page = sign_in(user).post(URL, {"chosen": keys(imported[0]), "decision": "confirm"})
    assert told(page) == [
        f"{imported[0].risk.code}: You may not confirm assessments of this department."
    ]
    assert states() == ["submitted"] * 3


def test_an_auditor_reads_the_same_rows_and_confirms_nothing(
    imported, auditor, second_manager, sign_in
):
    client = sign_in(auditor)
    page, theirs = client.get(f"{URL}?all=1"), sign_in(second_manager).get(URL)
    assert [one.pk for one, *_rest in page.context["rows"]] == keys(*imported)
    assert head_of(page) == (["3 to confirm"], None)
    assert page.text.count('<td class="rh-2">导入<') == 3
    assert "You may not confirm" not in page.text
    assert controls_of(page) == []
    assert {*controls_of(theirs)} == {"form", "input", "button", "a"}
    assert navigation_of(page, URL) == [["Assessments to confirm"]]
    body = client.get(URL, **htmx("confirm-form")).text
    assert body.strip().startswith('<div class="rh-card" id="confirm-form">')
    assert "<form" not in body
    for decision in ("confirm", "reject"):
        sent = {"chosen": keys(*imported), "decision": decision, "reason": "先核对"}
        assert client.post(URL, sent).status_code == 403
    assert states() == ["submitted"] * 3


def test_from_the_page_of_the_risk_it_leads_back_there(imported, approver, sign_in):
    code = imported[0].risk.code
    sent = {"chosen": keys(imported[0]), "decision": "confirm", "back": code}
    assert sign_in(approver).post(URL, sent)["Location"] == f"/risks/{code}/assessments/"


def test_the_query_count_does_not_grow(register, risk_manager, approver, sign_in):
    client, asked = sign_in(approver), []
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (5, 5), (5, 5), by=risk_manager)
        asked.append(queries_of(client, URL))
    assert asked[0] == asked[2]


def test_a_row_says_what_held_before_and_on_what_it_rests(
    imported, risk, risk_manager, second_manager, sign_in
):
    control = make_control(risk.owner_department, by=risk_manager)
    link_control(risk, control, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    basis = Basis(effects=(Effect(control.pk, probability=1),), evidence="工单 12 张")
    record_assessment(
        risk, by=risk_manager, scores=Scores((5, 5), (4, 5)), rationale="三起", basis=basis
    )
    page = sign_in(second_manager).get(URL)
    (former,) = [old for one, _why, old in page.context["rows"] if one.risk == risk]
    assert former.residual_level == 0
    row = page.text[page.text.index(f"/risks/{risk.code}/assessments/") :]
    row = row[: row.index("</tr>")]
    for words in ("Before", "Low", f"Control counted: {control.code}", "工单 12 张",
                  "Show the whole assessment"):  # fmt: skip
        assert words in row, words
    assert "No control counted" in page.text
    assert "first assessment" in page.text


def test_nothing_waits(approver, sign_in):
    assert "Nothing waits" in sign_in(approver).get(URL).text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("approver", 200), ("head_cleaning", 403), ("staff_cleaning", 403),
        ("outsider", 403),
    ],
)  # fmt: skip
def test_who_may(request, imported, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    if status == 403:
        assert (
            client.post(URL, {"chosen": keys(*imported), "decision": "confirm"}).status_code == 403
        )
        assert states() == ["submitted"] * 3
    assert client.delete(URL).status_code == 405
