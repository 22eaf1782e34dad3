"""`/api/v1/risks/<code>/assessment-draft/`: one's own draft, the same that the form shows."""

import pytest

from assessments.grounds import Basis, Score
from assessments.models import Assessment, AssessmentDraft
from assessments.services import Scores, record_assessment
from registers.services import close_risk
from riskhub.audit.models import AuditEvent
from tests.api_client import ApiClient, refusal
from tests.assessments.views.assessment_forms import URL as FORM
from tests.assessments.views.assessment_forms import half
from tests.builders import cover, make_policy

pytestmark = pytest.mark.django_db

URL = "risks/R001/assessment-draft/"
NOTHING = {"probability": None, "impact": None}


@pytest.fixture
def api(risk, risk_manager):
    return ApiClient(risk_manager)


def test_what_is_kept_comes_back_and_stands_in_the_form(api, risk, risk_manager, sign_in):
    cover(risk, (3, 3), (2, 3), by=risk_manager)
    control = risk.risk_controls.get().control
    policy = make_policy(by=risk_manager)
    body = {
        "entry": "five",
        "inherent": {"probability": 4},
        "residual": {"probability": 3, "impact": 2},
        "rationale": "写到一半",
        "controls": [{"control": control.code, "probability": 1, "answer": "已返工"}],
        "dimensions": [{"kind": "inherent", "dimension": "money", "score": 3, "note": "赔偿"},
                       {"kind": "residual", "dimension": "injury", "note": "骨折"}],
        "lec": {"likelihood": "0.5", "exposure": 10},
        "net_of_policy": {"policy": "p-1", "impact": 1},
    }  # fmt: skip
    answer = api.put(URL, body)
    assert (answer.status_code, answer["ETag"]) == (200, '"1"')
    found = api.get(URL).json()
    assert found == answer.json()
    said = {name: found[name] for name in found if name not in ("saved_at", "row_version")}
    assert said == {
        "risk": "R001", "entry": "five", "inherent": {"probability": 4, "impact": None},
        "residual": {"probability": 3, "impact": 2}, "target": NOTHING, "rationale": "写到一半",
        "evidence": "", "confidence": "medium",
        "controls": [
            {"control": control.code, "probability": 1, "impact": 0, "answer": "已返工"}
        ],
        "dimensions": [
            {"kind": "inherent", "dimension": "money", "score": 3, "note": "赔偿"},
            {"kind": "residual", "dimension": "injury", "score": None, "note": "骨折"},
        ],
        "lec": {"likelihood": 0.5, "exposure": 10.0, "consequence": None},
        "net_of_policy": {"policy": "P-1", "impact": 1},
    }  # fmt: skip
    form = sign_in(risk_manager).get(FORM).context["form"]
    names = ("inherent_probability", "rationale", "inherent_money", "net_of_policy")
    assert [str(form[name].value()) for name in names] == ["4", "写到一半", "3", str(policy.pk)]
    assert form[f"probability_by_{control.pk}"].value() == "1"
    assert not Assessment.objects.exists()
    (event,) = AuditEvent.objects.filter(action="assessment.drafted")
    assert event.actor_id == risk_manager.pk


def test_what_is_left_out_is_empty_in_the_form_too(api, risk, risk_manager, sign_in):
    cover(risk, (3, 3), (2, 3), by=risk_manager)
    key = risk.risk_controls.get().control_id
    scored = Basis(inherent=(Score("money", 3, "赔偿"),), evidence="工单三份")
    record_assessment(
        risk, by=risk_manager, scores=Scores((3, 3), (2, 3), (2, 2)), rationale="三起", basis=scored
    )
    assert api.put(URL, {"rationale": "甲"}).json()["controls"] is None
    form = sign_in(risk_manager).get(FORM).context["form"]
    names = ("inherent_probability", "target_impact", "inherent_money", "inherent_money_note")
    assert [form[name].value() for name in names] == [""] * 4
    assert form[f"probability_by_{key}"].value() == 1
    api.put(URL, {"rationale": "甲", "controls": []}, if_match='"1"')
    form = sign_in(risk_manager).get(FORM).context["form"]
    assert form[f"probability_by_{key}"].value() == "0"
    (counted,) = api.get(URL).json()["controls"]
    assert (counted["probability"], counted["impact"], counted["answer"]) == (0, 0, "")


def test_what_the_form_kept_is_read_as_far_as_it_says_something(api, risk_manager, sign_in):
    typed = half(inherent_money="x", lec_likelihood="?", net_of_policy="9" * 20, entry="quick")
    sign_in(risk_manager).post(f"{FORM}draft/", typed)
    found = api.get(URL).json()
    assert (found["entry"], found["inherent"]) == ("quick", {"probability": 4, "impact": None})
    assert (found["dimensions"], found["net_of_policy"]) == ([], {"policy": None, "impact": 0})
    assert found["lec"]["likelihood"] is None


def test_a_second_save_names_the_version_that_was_read(api):
    api.put(URL, {"rationale": "甲"})
    assert refusal(api.put(URL, {"rationale": "乙"}))[:2] == (428, "version_required")
    assert refusal(api.put(URL, {"rationale": "乙"}, if_match='"7"'))[:2] == (409, "stale_version")
    saved = api.put(URL, {"rationale": "乙", "net_of_policy": {}}, if_match='"1"')
    assert (saved.status_code, saved["ETag"]) == (200, '"2"')
    assert AssessmentDraft.objects.get().typed["rationale"] == "乙"


def test_it_is_discarded(api):
    assert api.ask("delete", URL, if_match='"1"').status_code == 404
    api.put(URL, {"rationale": "甲"})
    assert refusal(api.ask("delete", URL))[:2] == (428, "version_required")
    assert refusal(api.ask("delete", URL, if_match='"2"'))[:2] == (409, "stale_version")
    assert api.ask("delete", URL, if_match='"1"').status_code == 204
    assert (api.get(URL).status_code, AssessmentDraft.objects.exists()) == (404, False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"inherent": {"probability": 6}}, "inherent"), ({"controls": [{"control": "C-9"}]}, "controls"),
        ({"net_of_policy": {"policy": "P-9"}}, "net_of_policy"), ({"state": "confirmed"}, "state"),
    ],
)  # fmt: skip
def test_what_is_impossible_is_refused(api, body, field):
    status, code, errors = refusal(api.put(URL, body))
    assert (status, code) == (400, "invalid")
    assert {name.split(".")[0] for name in errors} == {field}
    assert not AssessmentDraft.objects.exists()


def test_only_its_author_reads_it(api, second_manager, head_repair, staff_cleaning):
    api.put(URL, {"rationale": "甲"})
    assert ApiClient(second_manager).get(URL).status_code == 404
    assert ApiClient(head_repair).get(URL).status_code == 404
    assert ApiClient(staff_cleaning).get(URL).status_code == 403


@pytest.mark.parametrize("path", ["assessments/", "assessments/bulk/"])
def test_submitting_ends_it(api, risk, risk_manager, second_manager, path):
    api.put(URL, {"rationale": "甲"})
    ApiClient(second_manager).put(URL, {"rationale": "另一个人的"})
    pair = {"probability": 2, "impact": 2}
    body = {"risk": "R001", "inherent": pair, "residual": pair, "rationale": "甲"}
    answer = api.post(path, {"assessments": [body]} if path.endswith("bulk/") else body)
    assert answer.status_code in (200, 201)
    assert Assessment.objects.count() == 1
    assert AssessmentDraft.objects.get().assessor == second_manager
    (event,) = AuditEvent.objects.filter(action="assessment.draft_submitted")
    assert event.actor_id == risk_manager.pk


def test_a_refused_submission_leaves_it(api):
    api.put(URL, {"rationale": "甲"})
    pair = {"probability": 2, "impact": 2}
    worse = {"probability": 3, "impact": 2}
    body = {"risk": "R001", "inherent": pair, "residual": worse, "rationale": "甲"}
    assert api.post("assessments/", body).status_code == 400
    assert AssessmentDraft.objects.count() == 1


def test_a_closed_risk_keeps_no_draft(api, risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="业务停止")
    assert refusal(api.put(URL, {"rationale": "甲"}))[:2] == (409, "not_open")
