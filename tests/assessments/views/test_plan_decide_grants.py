"""What is granted on the page of a decision: each amount stays with the resource it was typed for."""

from dataclasses import replace

import pytest

from assessments.models import Approval, ResourceLine, ResponsePlan
from assessments.plans.content import PlannedResource
from assessments.services import save_plan, submit_plan
from assessments.views import approvals
from tests.assessments.services.test_plans import changed
from tests.assessments.services.test_resources import approve
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
URL = "/plans/RP-001/decide/"
METER = PlannedResource("meter", "money", "燃气检测仪", "33000")
CALLER = PlannedResource("caller", "people", "回访专员", "1", "人")
BOOKS = PlannedResource("books", "money", "培训课本", "5000")
WAITS = "Not decided: the text was changed while you had it open"
HOW_MUCH = "Type how much is granted: 0 for nothing."


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager, submitted=True, resources=(METER, CALLER, BOOKS))


@pytest.fixture
def page(approver, sign_in):
    """The page as the browser has it: `post` sends all its fields, with what was typed."""
    return Opened(sign_in(approver))


class Opened:
    def __init__(self, client):
        self.client = client
        self.take(client.get(URL))

    def take(self, answer):
        self.answer, form = answer, answer.context["form"]
        names = set(form.fields) - {"decision", "has_read"}
        self.fields = {name: str(form[name].value() or "") for name in names}
        self.fields["content_hash"] = answer.context["wording"].version.content_hash
        assert f'name="content_hash" value="{self.fields["content_hash"]}"' in answer.text

    def post(self, decision="approved", **typed):
        sent = {name.replace("_", "-", 1): value for name, value in typed.items() if "_" in name}
        plain = {name: value for name, value in typed.items() if "_" not in name}
        answer = self.client.post(URL, self.fields | sent | plain | {"decision": decision})
        if answer.status_code != 302:
            self.take(answer)
        return answer.status_code

    def tick(self):
        self.fields["has_read"] = "on"
        return self

    @property
    def amounts(self):
        names = [name for name in self.fields if name.startswith("granted-")]
        return {name.removeprefix("granted-"): self.fields[name] for name in names}

    @property
    def errors(self):
        return dict(self.answer.context["form"].errors)


def rewrite(plan, by, **fields):
    plan.refresh_from_db()
    save_plan(plan, by=by, version=None, content=changed(plan, **fields))
    submit_plan(plan, by=by)
    plan.refresh_from_db()


def granted():
    return {line.key: int(line.granted) for line in ResourceLine.objects.all()}


def in_force():
    return ResponsePlan.objects.get().in_force


def test_an_amount_stays_with_its_resource_in_whatever_order_it_is_asked_for(
    plan, risk_manager, page
):
    more = replace(CALLER, amount="200")
    rewrite(plan, risk_manager, resources=(BOOKS, METER, more))
    assert page.post(granted_meter="4000", granted_books="100", note_meter="先买四台") == 409
    assert page.amounts == {"books": "100", "meter": "4000", "caller": "200"}
    assert page.fields["note-meter"] == "先买四台"
    assert page.tick().post() == 302
    assert granted() == {"books": 100, "meter": 4000, "caller": 200}


def test_the_unit_stands_beside_what_is_typed(high_risk, risk_manager, approver, sign_in):
    """Asked for in full on the same page: 0.6 for 12,000.50 is then not taken for 万元."""
    half = PlannedResource("half", "money", "讲师费", "12000.5")
    make_plan(high_risk, by=risk_manager, submitted=True, resources=(half, CALLER))
    client = sign_in(approver, locale="zh-hans")
    page = client.get(URL)
    fields = page.context["form"].fields
    assert [fields[name].help_text for name in ("granted-half", "granted-caller")] == ["元", "人"]
    assert '<span class="rh-meta">12,000.50 元</span>' in page.text


def test_the_page_says_what_was_typed_for_which_resource(plan, risk_manager, page):
    in_sets = replace(METER, kind="equipment", amount="4", unit="台")
    rewrite(plan, risk_manager, resources=(in_sets, replace(BOOKS, amount="6000")))
    assert page.post(granted_meter="4000", granted_caller="0", granted_books="") == 409
    text = " ".join(page.answer.text.split())
    assert "The amounts that you typed:" in text
    assert '燃气检测仪 <i class="rh-sep"></i> CNY 4,000 <i class="rh-sep"></i> dropped: the text now asks for 4 台, so type the amount anew' in text  # fmt: skip # noqa: E501
    assert '回访专员 <i class="rh-sep"></i> 0 人 <i class="rh-sep"></i> dropped: the text does not ask for this any more' in text  # fmt: skip # noqa: E501
    assert '培训课本 <i class="rh-sep"></i> no amount <i class="rh-sep"></i> stands at its resource again' in text  # fmt: skip # noqa: E501
    assert page.amounts == {"meter": "4", "books": ""}


def test_what_nobody_touched_is_not_told(plan, risk_manager, page):
    rewrite(plan, risk_manager, resources=(replace(METER, amount="34000"), CALLER, BOOKS))
    assert page.post(granted_books="5000.00", note_caller="只给一位") == 409
    assert "The amounts that you typed:" not in page.answer.text
    assert page.amounts == {"meter": "34000", "caller": "1", "books": "5000"}
    assert page.fields["note-caller"] == "只给一位"


def test_what_is_no_amount_is_kept_as_it_was_typed(plan, risk_manager, page):
    rewrite(plan, risk_manager, objective="后来改的")
    assert page.post(granted_meter="四千") == 409
    assert ("四千" in page.answer.text, page.amounts["meter"]) == (True, "四千")


def test_typed_over_a_text_that_never_waited_here(plan, page):
    page.fields["content_hash"] = "\x00" * 80
    assert page.post(granted_meter="4000") == 409
    assert page.amounts == {"meter": "4000", "caller": "1", "books": "5000"}


@pytest.mark.parametrize(
    ("decision", "typed"),
    [("rejected", {}), ("approved", {"granted_meter": "50000"}), ("approved", {"comment": "长" * 2001})],
)  # fmt: skip
def test_that_the_text_changed_comes_before_what_is_wrong_in_the_form(
    plan, risk_manager, page, decision, typed
):
    rewrite(plan, risk_manager, objective="后来改的")
    assert page.post(decision, **typed) == 409
    assert WAITS in page.answer.text
    assert page.errors == {}
    assert page.fields["comment"] == typed.get("comment", "")
    assert page.fields["content_hash"] == plan.head.content_hash


def test_what_was_changed_between_the_look_and_the_lock(plan, risk_manager, page, monkeypatch):
    """The page that answers has the text that waits by then."""
    decide = approvals.decide_plan

    def late(*args, **kwargs):
        rewrite(plan, risk_manager, objective="后来改的")
        return decide(*args, **kwargs)

    monkeypatch.setattr(approvals, "decide_plan", late)
    assert page.post(granted_meter="4000") == 409
    assert page.fields["content_hash"] == plan.head.content_hash
    assert page.amounts["meter"] == "4000"
    assert not Approval.objects.exists()


def test_the_text_is_the_one_that_the_page_shows_where_none_was_sent(plan, page):
    page.fields["content_hash"] = ""
    assert page.post() == 422
    assert page.fields["content_hash"] == plan.head.content_hash


def test_an_emptied_amount_says_neither_all_nor_nothing(plan, page):
    assert page.post(granted_meter="") == 422
    assert page.errors == {"granted-meter": [HOW_MUCH]}
    assert not Approval.objects.exists()
    assert page.post(granted_meter="0") == 302
    assert granted()["meter"] == 0


def test_a_wrong_amount_is_told_once(plan, page):
    assert page.post(granted_meter="-1") == 422
    assert page.errors == {"granted-meter": ["At least 0."]}


def test_who_refuses_need_not_say_how_much(plan, page):
    assert page.post("rejected", comment="太贵", granted_meter="", granted_books="9000") == 302
    assert not ResourceLine.objects.exists()


def test_what_was_granted_before_stands_beside_and_is_not_raised_unseen(
    plan, risk_manager, approver, page
):
    assert "granted before" not in page.answer.text
    page.post(granted_meter="20000", note_meter="先买一半", granted_books="3000")
    rewrite(plan, risk_manager, resources=(METER, CALLER, replace(BOOKS, amount="5500")))
    page.take(page.client.get(URL))
    assert page.amounts == {"meter": "20000", "caller": "1", "books": "5500"}
    assert page.fields["note-meter"] == "先买一半"
    for words in ("CNY 20,000", "1 人", "CNY 3,000"):
        assert f"granted before: {words}" in page.answer.text
    assert page.post() == 302
    lines = {line.key: int(line.granted) for line in in_force().resources.all()}
    assert lines == {"meter": 20000, "caller": 1, "books": 5500}


def test_what_was_granted_before_is_not_something_typed(plan, risk_manager, page):
    page.post(granted_meter="20000")
    rewrite(plan, risk_manager, objective="后来改的")
    page.take(page.client.get(URL))
    rewrite(plan, risk_manager, resources=(replace(METER, amount="30000"), CALLER, BOOKS))
    assert page.post() == 409
    assert page.amounts["meter"] == "30000"
    assert "granted before: CNY 20,000" in page.answer.text


def test_a_former_grant_stays_where_nothing_is_said(plan, risk_manager, approver, page):
    page.post(granted_meter="20000", granted_books="3000")
    rewrite(plan, risk_manager, resources=(METER, replace(BOOKS, amount="4000")))
    approve(plan, approver)
    lines = {line.key: int(line.granted) for line in in_force().resources.all()}
    assert lines == {"meter": 20000, "books": 4000}


def test_a_print_has_no_empty_box_and_no_word_about_buttons(plan, page):
    empty = '<div class="rh-no-print"><div class="rh-field">\n<label for="id_comment">'
    assert empty in page.answer.text
    assert page.answer.text.count('<p class="rh-meta rh-no-print"') == 2
    assert page.post(comment="同意", granted_meter="") == 422
    assert (empty in page.answer.text, page.fields["comment"]) == (False, "同意")


def test_more_than_is_asked_for_names_its_line(plan, page):
    page.post(granted_meter="33001")
    text = page.answer.text
    assert ">Note on “燃气检测仪”</a>: This is more than is asked for: say why." in text
