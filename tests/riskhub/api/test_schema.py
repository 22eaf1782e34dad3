"""The description of the API is complete, and what is answered is what it says."""

import json
import re
from uuid import uuid4

import pytest
import yaml
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from assessments.services import Cause, open_reassessments
from registers.services import file_proposal
from riskhub.web.api.preconditions import version_read
from riskhub.web.api.views import ApiView
from tests.api_client import ApiClient
from tests.assessments.changing import make_change
from tests.builders import assess, make_plan, make_risk
from tests.routes import routes

ROOT = "urn:api"


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "schema.yml"
    call_command("spectacular", "--fail-on-warn", "--validate", file=str(path))
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def faults(schema):
    """`faults(answer, operation)`: where the answer is not as the description of the operation says."""
    absolute = json.loads(json.dumps(schema).replace('"#/', f'"{ROOT}#/'))
    contents = Resource.from_contents(absolute, default_specification=DRAFT202012)
    registry = Registry().with_resource(ROOT, contents)
    operations = {
        operation["operationId"]: operation
        for methods in absolute["paths"].values()
        for operation in methods.values()
    }

    def check(answer, name):
        answers = operations[name]["responses"]
        status = str(answer.status_code)
        described = answers.get(status) or answers["4XX"]
        content = described["content"]["application/json"]["schema"]
        validator = Draft202012Validator(content, registry=registry)
        return [fault.message for fault in validator.iter_errors(answer.json())]

    return check


def test_every_address_is_described(schema):
    described = {path.removeprefix("/") for path in schema["paths"]}
    ours = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", route.pattern).replace("{pk}", "{id}")
        for route in routes()
        if route.name.startswith("api:") and route.name not in ("api:schema", "api:docs")
    }
    assert described == ours


def test_every_operation_says_how_it_refuses(schema):
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["responses"]["4XX"]["content"]["application/json"]


def test_every_operation_says_what_it_does_and_nothing_of_how_it_is_made(schema):
    inherited = ApiView.__doc__.splitlines()[0]
    for methods in schema["paths"].values():
        for operation in methods.values():
            said = operation.get("description", "").strip()
            assert said, operation["operationId"]
            assert inherited not in said, operation["operationId"]


def test_each_version_that_is_read_fits_the_description(schema):
    (told,) = {
        one["schema"]["pattern"]
        for methods in schema["paths"].values()
        for operation in methods.values()
        for one in operation.get("parameters", ())
        if one["name"] == "If-Match"
    }
    for sent in ('"3"', 'W/"3"'):
        assert re.fullmatch(told, sent)
        assert version_read(RequestFactory().get("/", headers={"If-Match": sent})) == 3


def test_every_answer_is_as_described(faults, register, risk_manager, second_manager):
    api = ApiClient(risk_manager)
    risk, rated = (make_risk(register, by=risk_manager, service_lines=()) for _n in range(2))
    assess(rated, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager, target=(2, 2))
    make_plan(rated, by=risk_manager, target=(2, 2), submitted=True)
    assessment = rated.assessments.get()
    judged = {
        "risk": risk.code, "inherent": {"probability": 1, "impact": 1},
        "residual": {"probability": 1, "impact": 1}, "rationale": "x",
    }  # fmt: skip
    filed, _is_new = file_proposal(
        by=risk_manager, client_uuid=uuid4(), text="灯坏了", department=register.department
    )
    cause = Cause(rated.pk, "manual", timezone.localdate())
    (task,) = open_reassessments([cause], by=risk_manager).values()
    make_change(register.department, by=risk_manager, risks=[rated])
    asked = {
        "register_list": api.get("registers/"),
        "register_detail": api.get("registers/SVC/"),
        "taxonomy_detail": api.get("taxonomy/"),
        "proposal_list": api.get("proposals/"),
        "proposal_detail": api.get(f"proposals/{filed.pk}/"),
        "triage_list": api.get("triage/"),
        "triage_detail": api.get(f"triage/{filed.pk}/"),
        "triage_merge": api.post(f"triage/{filed.pk}/merge/", {"risk": "R999"}),
        "triage_ask": api.post(f"triage/{filed.pk}/ask/", {"question": "?"}),
        "triage_decline": api.post(f"triage/{filed.pk}/decline/", {"reason": "x"}),
        "triage_undo": api.post(f"triage/{filed.pk}/undo/", {}),
        "triage_accept": api.post(f"triage/{filed.pk}/accept/", {}),
        "risk_list": api.get("risks/?page_size=1"),
        "risk_detail": api.get(f"risks/{rated.code}/"),
        "risk_create": api.post("risks/", {}),
        "risk_edit": api.patch("risks/R001/", {"title": "x"}, if_match='"1"'),
        "risk_close": api.post("risks/R001/close/", {"reason": "x"}),
        "risk_reopen": api.post("risks/R001/reopen/", {"reason": "x"}),
        "risk_history": api.get(f"risks/{rated.code}/history/"),
        "report_list": api.get("reports/"),
        "risk_assessment_list": api.get(f"risks/{rated.code}/assessments/"),
        "assessment_draft_save": api.put(f"risks/{rated.code}/assessment-draft/", {}),
        "assessment_draft": api.get(f"risks/{rated.code}/assessment-draft/"),
        "assessment_list": api.get("assessments/"),
        "assessment_bulk": api.post("assessments/bulk/", {"assessments": [judged, judged]}),
        "assessment_detail": api.get(f"assessments/{assessment.pk}/"),
        "assessment_confirm": api.post(f"assessments/{assessment.pk}/confirm/"),
        "reassessment_list": api.get("reassessments/"),
        "reassessment_detail": api.get(f"reassessments/{task.pk}/"),
        "reassessment_waive": api.post(f"reassessments/{task.pk}/waive/", {"reason": "x"}),
        "change_list": api.get("changes/"),
        "change_detail": api.get("changes/CH-001/"),
        "change_submit": api.post("changes/CH-001/submit/", {}, if_match='"1"'),
        "scheme_list": api.get("schemes/"),
        "scheme_detail": api.get("schemes/1/"),
        "scheme_checks": api.post(
            "schemes/checks/", {"content": api.get("schemes/1/").json()["content"]}
        ),
        "scheme_submit": api.post("schemes/1/submit/", if_match='"1"'),
        "plan_list": api.get("plans/"),
        "plan_detail": api.get("plans/RP-001/"),
        "plan_comment_list": api.get("plans/RP-001/comments/"),
        "plan_comment_create": api.post("plans/RP-001/comments/", {"text": ""}),
        "plan_submit": api.post("plans/RP-001/submit/"),
        "plan_withdraw": api.post("plans/RP-001/withdraw/", {"reason": "x"}),
    }
    found = {name: faults(answer, name) for name, answer in asked.items()}
    assert {name: said for name, said in found.items() if said} == {}
    assert {answer.status_code for answer in asked.values()} == {200, 400, 409, 428}
    assert risk.code == "R001"
