"""`/api/v1/drill-gaps/`: closed by one person, verified by another, opened again with a reason."""

import pytest

from tests.api_client import ApiClient, refusal
from tests.assessments.events import actions_of
from tests.contingency import drill, make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(clean, risk_manager):
    plan = make_contingency(clean, by=risk_manager)
    return drill(plan, "fail", by=risk_manager).gaps.get()


def done(api, gap, note="电话换了"):
    return api.post(f"drill-gaps/{gap.pk}/finish/", {"note": note})


def test_closed_by_one_and_verified_by_another(gap, risk_manager, second_manager):
    api, other = ApiClient(risk_manager), ApiClient(second_manager)
    found = done(api, gap).json()
    facts = ("state", "note", "done_by", "verified_by", "drill", "plan")
    assert [found[name] for name in facts] == [
        "done", "电话换了", "risk.manager", None, gap.drill_id, gap.drill.plan.code,
    ]  # fmt: skip
    own = api.post(f"drill-gaps/{gap.pk}/verify/")
    assert refusal(own)[:2] == (403, "own_gap")
    verified = other.post(f"drill-gaps/{gap.pk}/verify/").json()
    assert (verified["state"], verified["verified_by"]) == ("verified", "second.manager")
    assert refusal(other.post(f"drill-gaps/{gap.pk}/verify/"))[:2] == (409, "wrong_state")
    assert actions_of(gap)[-2:] == ["drill_gap.done", "drill_gap.verified"]


def test_opened_again_with_a_reason(gap, risk_manager, second_manager):
    other = ApiClient(second_manager)
    again = f"drill-gaps/{gap.pk}/reopen/"
    assert refusal(other.post(again, {"reason": "还没好"}))[:2] == (409, "wrong_state")
    done(ApiClient(risk_manager), gap)
    own = ApiClient(risk_manager).post(again, {"reason": "还没好"})
    assert refusal(own)[:2] == (403, "own_gap")
    assert refusal(other.post(again, {"reason": ""}))[0] == 400
    found = other.post(again, {"reason": "还没好"}).json()
    assert (found["state"], found["note"], found["done_by"]) == ("open", "", None)


def test_without_a_word_nothing_is_closed(gap, risk_manager):
    assert refusal(done(ApiClient(risk_manager), gap, " "))[0] == 400
    gap.refresh_from_db()
    assert gap.state == "open"


def test_the_list_by_state_and_owner(gap, risk_manager, head_repair, staff_cleaning):
    api = ApiClient(risk_manager)
    assert [one["number"] for one in api.get("drill-gaps/").json()["results"]] == [gap.pk]
    assert api.get("drill-gaps/?state=verified").json()["results"] == []
    owned = api.get("drill-gaps/?state=open&owner=risk.manager").json()["results"]
    assert [one["text"] for one in owned] == [gap.text]
    assert refusal(api.get("drill-gaps/?state=no"))[0] == 400
    assert ApiClient(head_repair).get("drill-gaps/").json()["results"] == []
    assert refusal(done(ApiClient(head_repair), gap))[0] == 404
    assert refusal(done(ApiClient(staff_cleaning), gap))[0] == 403
