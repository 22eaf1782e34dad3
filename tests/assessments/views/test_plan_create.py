import pytest

from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent
from registers.services import close_risk
from tests.assessments.changing import bring, make_change
from tests.assessments.events import actions_of
from tests.assessments.pages import htmx, told
from tests.assessments.views.plan_forms import sent
from tests.builders import assess, make_plan
from tests.cast import make_user

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/new/"


def content():
    return PlanContent.parse(ResponsePlan.objects.get().head.content)


def test_a_draft_is_kept(high_risk, head_cleaning, staff_cleaning, sign_in):
    page = sign_in(head_cleaning).post(
        URL,
        sent(
            ("试压", staff_cleaning), ("抽查", head_cleaning), target_probability=2, target_impact=3
        ),
    )
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert told(page) == ["RP-001 is kept as a draft."]
    plan = ResponsePlan.objects.get()
    assert (plan.state, plan.head.number, content().target) == ("draft", 1, (2, 3))
    assert [(a.title, a.owner) for a in content().actions] == [
        ("试压", staff_cleaning.pk), ("抽查", head_cleaning.pk),
    ]  # fmt: skip
    assert len({a.key for a in content().actions}) == 2
    assert actions_of(plan) == ["plan.created", "plan.created"]
    high_risk.refresh_from_db()
    assert (high_risk.plan_state, high_risk.plan_strategy) == ("draft", "mitigate")


def test_it_begins_where_the_assessment_wants_to_arrive(
    risk, risk_manager, second_manager, sign_in
):
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager, target=(2, 3))
    page = sign_in(risk_manager).get(URL)
    assert page.context["form"]["target_probability"].value() == 2
    assert page.context["target"].pair == (2, 3)


def test_each_strategy_says_its_rule(high_risk, risk_manager, sign_in):
    form = sign_in(risk_manager).get(URL).context["form"]
    assert [value for value, _label in form.fields["strategy"].choices] == [
        "avoid", "transfer", "mitigate", "accept",
    ]  # fmt: skip
    assert all(label.hint for _value, label in form.fields["strategy"].choices)


def test_a_draft_may_be_incomplete_but_what_is_submitted_may_not(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, sent(strategy="transfer", transfer_to="保险公司", go_on="submit"))
    assert (page.status_code, set(page.context["form"].errors)) == (
        422,
        {"transfers", "transfer_share"},
    )
    assert "保险公司" in page.text
    assert not ResponsePlan.objects.exists()
    page = client.post(URL, sent(strategy="transfer", transfer_to="保险公司"))
    assert (page.status_code, content().transfer_to) == (302, "保险公司")


def test_accepting_above_the_limit_is_refused_by_the_form(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, sent(strategy="accept", go_on="submit"))
    assert set(page.context["form"].errors) == {"accept_reason", "accept_until"}
    whole = sent(
        strategy="accept", accept_reason="成本过高", accept_until="2999-01-01", go_on="submit"
    )
    assert set(client.post(URL, whole).context["form"].errors) == {"accept_until"}
    assert not ResponsePlan.objects.exists()


def test_a_small_one_is_accepted_without_more(low_risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, sent(strategy="accept", go_on="submit"))
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/submit/")


def test_what_belongs_to_another_strategy_is_left_out(high_risk, risk_manager, sign_in):
    sign_in(risk_manager).post(
        URL, sent(strategy="avoid", avoid_what="停做", transfer_to="保险公司", accept_reason="贵")
    )
    assert content() == PlanContent("avoid", objective="降到中", avoid_what="停做")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"strategy": ""}, {"strategy"}),
        ({"strategy": "hope"}, {"strategy"}),
        ({"target_probability": 2}, {"target_impact"}),
        ({"target_impact": 9}, {"target_impact"}),
        ({"accept_until": "soon"}, {"accept_until"}),
    ],
)
def test_what_is_wrong_stays_in_the_form(high_risk, risk_manager, sign_in, fields, wrong):
    page = sign_in(risk_manager).post(URL, sent(("写了很久", risk_manager), **fields))
    assert (page.status_code, set(page.context["form"].errors)) == (422, wrong)
    assert "写了很久" in page.text
    assert not ResponsePlan.objects.exists()


def test_half_a_row_is_said_and_kept(high_risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, sent(("培训", None)), **htmx("plan-form"))
    assert (page.status_code, page.text.strip()[:5]) == (422, "<form")
    assert "培训" in page.text
    assert [set(row.errors) for row in page.context["rows"]] == [{"owner"}, set()]


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [("owner", "", "Owner"), ("due_on", "", "Due"), ("due_on", "1999-01-01", "Due")],
)
def test_a_wrong_row_is_said_on_top_and_once_beside(
    high_risk, risk_manager, approver, sign_in, name, value, label
):
    data = sent(("试压", risk_manager), ("抽查", risk_manager)) | {f"action-1-{name}": value}
    page = sign_in(risk_manager).post(URL, data)
    assert page.status_code == 422
    assert "1 thing to change" in page.text
    assert f'<a href="#id_action-1-{name}">Row 2, {label}</a>' in page.text
    points = [point for point in page.context["checklist"].points if not point.is_done]
    assert [p.missing for p in points] == [
        "Complete each action, with owner and a day that lies ahead."
    ]
    assert page.text.count("At least one action with owner and date.") == 1  # the strategy's card


def test_no_right_row_is_one_point_of_the_checklist(high_risk, risk_manager, approver, sign_in):
    page = sign_in(risk_manager).post(URL, sent(("试压", None)))
    assert "Row 1, Owner" in page.text
    assert page.context["checklist"].open == 1
    assert page.text.count("t least one action with owner and date.") == 2  # with the card's


def test_an_owner_of_another_department_is_no_choice(
    high_risk, head_cleaning, staff_repair, sign_in
):
    page = sign_in(head_cleaning).post(URL, sent(("培训", staff_repair)))
    assert (page.status_code, ResponsePlan.objects.count()) == (422, 0)


def test_a_row_more_and_a_row_less_lose_nothing(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    data = sent(
        ("试压", risk_manager, "k1"), ("抽查", None, "k2"), strategy="", objective="写了一半"
    )
    page = client.post(URL, data | {"add_row": "action"})
    assert page.status_code == 200
    assert len(page.context["rows"].forms) == 4
    assert "写了一半" in page.text
    assert "rh-error" not in page.text
    page = client.post(URL, data | {"drop_row": "action-0"}, **htmx("plan-form"))
    rows = [[form[name].value() for name in ("key", "title")] for form in page.context["rows"]]
    assert (page.status_code, rows) == (200, [["k2", "抽查"], ["", ""]])
    assert not ResponsePlan.objects.exists()


@pytest.mark.parametrize("total", ["x", "-1", ""])
def test_a_forged_number_of_rows_breaks_nothing(high_risk, risk_manager, sign_in, total):
    data = sent(("试压", risk_manager)) | {"action-TOTAL_FORMS": total}
    client = sign_in(risk_manager)
    assert client.post(URL, data | {"add_row": "action"}).status_code in {200, 422}
    assert client.post(URL, data).status_code in {302, 422}


def test_two_rows_with_one_key_are_two_actions(high_risk, risk_manager, sign_in):
    sign_in(risk_manager).post(URL, sent(("试压", risk_manager, "k"), ("抽查", risk_manager, "k")))
    keys = [action.key for action in content().actions]
    assert (keys[0], len(set(keys))) == ("k", 2)


def test_the_checklist_follows_what_is_typed(high_risk, risk_manager, approver, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, sent(preview="1"), **htmx("plan-checklist"))
    assert (page.status_code, page.text.strip()[:8]) == (200, "<section")
    assert page.context["checklist"].open == 1
    assert "Add at least one action with owner and date." in page.text
    page = client.post(URL, sent(("试压", risk_manager), preview="1"), **htmx("plan-checklist"))
    assert page.context["checklist"].open == 0
    assert "Management decides within 10 days." in page.text
    assert not ResponsePlan.objects.exists()


def test_what_needs_no_approval_says_so(low_risk, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    assert "It comes into force as soon as it is submitted." in page.text
    page = sign_in(risk_manager).post(URL, sent(strategy="accept", preview="1"))
    assert "It comes into force as soon as it is submitted." in page.text


def test_an_unrated_risk_is_assessed_first(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert "is known when the risk is assessed" in client.get(URL).text
    page = client.post(URL, sent(("试压", risk_manager), go_on="submit"))
    assert set(page.context["form"].errors) == {"strategy"}
    assert client.post(URL, sent(("试压", risk_manager))).status_code == 302


def test_a_closed_risk_leads_back(low_risk, risk_manager, sign_in):
    close_risk(low_risk, by=risk_manager, reason="停止")
    client, words = sign_in(risk_manager), "R001 is closed. Open it again to plan for it."
    page = client.get(URL)
    assert (page["Location"], told(page)) == ("/risks/R001/", [words])
    page = client.post(URL, sent(("给厨房的全部龙头试压", risk_manager)))
    body = page.content.decode()
    assert (page.status_code, words in body, "给厨房的全部龙头试压" in body) == (409, True, True)
    assert not ResponsePlan.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 200), ("approver", 403),
        ("auditor", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, high_risk, sign_in, who, status):
    user = request.getfixturevalue(who)
    client = sign_in(user)
    page = client.get(URL)
    assert page.status_code == status
    if status == 200:
        assert page.context["can_submit"] is (who != "staff_cleaning")
    assert client.post(URL, sent(("试压", user))).status_code == (302 if status == 200 else status)
    assert ResponsePlan.objects.exists() is (status == 200)
    assert client.put(URL).status_code == 405


def test_staff_of_another_team_do_not_see_it(high_risk, repair, sign_in):
    assert sign_in(make_user("s", "别人", "staff", repair)).get(URL).status_code == 404


def test_a_preview_that_lost_the_race_against_the_save_leads_nowhere(
    high_risk, head_cleaning, sign_in
):
    make_plan(high_risk, by=head_cleaning)
    page = sign_in(head_cleaning).post(URL, sent(preview="1"), **htmx("plan-checklist"))
    assert (page.status_code, page.content) == (204, b"")
    assert not page.has_header("HX-Location")
    assert told(page) == []


def test_avoiding_may_name_a_change_that_one_sees(
    high_risk, risk_manager, head_cleaning, clean, repair, sign_in
):
    own = make_change(clean, by=risk_manager, title="停做高空擦窗")
    other = make_change(repair, by=risk_manager, title="维修改线")
    over = bring(make_change(clean, by=risk_manager), "cancelled", by=risk_manager)
    client = sign_in(head_cleaning)
    field = client.get(URL).context["form"].fields["change"]
    assert [str(one) for one in field.queryset] == [f"{own.code} 停做高空擦窗"]
    for hidden in (other, over):
        page = client.post(URL, sent(strategy="avoid", avoid_what="停做", change=hidden.pk))
        assert (page.status_code, set(page.context["form"].errors)) == (422, {"change"})
    page = client.post(URL, sent(strategy="avoid", avoid_what="停做", change=own.pk))
    assert (page.status_code, content().change) == (302, own.pk)
    page = client.get("/plans/RP-001/").text
    assert f"{own.code} 停做高空擦窗" in page
    client.post("/plans/RP-001/edit/", sent(strategy="mitigate", change=own.pk, row_version=2))
    assert content().change is None
