"""RELIABILITY 4, 7: what is sent in the shape that the API asks for, or not, is answered as it says."""

from collections import Counter
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
import schemathesis
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registers.services import file_proposal
from tests.api_client import ApiClient
from tests.assessments.changing import make_change
from tests.builders import assess, make_plan, make_risk
from tests.incidents.complaining import make_complaint
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db
EXAMPLES = 3
"""Of each operation, in the shape that it asks for; as many more in another shape."""
INTAKE = "/(complaints|incidents)/"
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "schema.yml"
    call_command("spectacular", file=str(path))
    return schemathesis.openapi.from_path(path)


@pytest.fixture
def known(register, clean, risk_manager, second_manager, staff_cleaning):
    """What there is, by the first word of its addresses."""
    rated = make_risk(register, by=risk_manager, service_lines=())
    assess(rated, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager, target=(2, 2))
    plan = make_plan(rated, by=risk_manager, target=(2, 2), submitted=True)
    filed, _is_new = file_proposal(
        by=risk_manager, client_uuid=uuid4(), text="灯坏了", department=register.department
    )
    change = make_change(register.department, by=risk_manager, risks=[rated])
    complaint, incident = make_complaint(), make_incident(clean, staff_cleaning)
    return {
        "risks": rated.code, "plans": plan.code, "changes": change.code, "registers": "SVC",
        "complaints": complaint.code, "incidents": incident.code, "triage": filed.pk,
        "proposals": filed.pk,
    }  # fmt: skip


def test_the_intake(described, known, risk_manager):
    assert answers(described.include(path_regex=INTAKE), known, risk_manager, 12)[200] > 20


def test_the_rest(described, known, risk_manager):
    assert answers(described.exclude(path_regex=INTAKE), known, risk_manager, EXAMPLES)[200] > 40


def answers(described, known, user, examples):
    """How often which status came; each answer is held against the description."""
    api, faults, statuses = ApiClient(user), [], Counter()
    api.client.raise_request_exception = False
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases = operation.as_strategy(generation_mode=mode)
            try:
                tried(cases, known, api, statuses, examples)
            except Unsatisfiable:  # any text is a code, and nothing else can be said
                assert mode == GenerationMode.NEGATIVE
            except BaseExceptionGroup as fault:
                told = [str(one) for one in fault.exceptions]
                faults.append((operation.label, mode.value, told))
    assert faults == []
    return statuses


def tried(cases, known, api, statuses, examples):
    """The same ones each time; half of them about what there is."""

    @settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, is_known=st.booleans())
    def one(case, is_known):
        if is_known:
            name = known.get(case.path.split("/")[3], 1)
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, name)
        answer = ask(api, case)
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    one()


def ask(api, case):
    """Through Django's own client, as a library for HTTP would have sent it."""
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    address = urlsplit(sent.url)
    headers = {**sent.headers, **api.headers}
    kind = headers.pop("Content-Type", "application/json")
    headers.pop("Content-Length", None)
    body = sent.body if isinstance(sent.body, bytes) else (sent.body or "").encode()
    found = api.client.generic(
        sent.method, f"{address.path}?{address.query}", body, content_type=kind, headers=headers
    )
    named = {name.lower(): [value] for name, value in found.headers.items()}
    return schemathesis.Response(
        status_code=found.status_code, headers=named, content=found.content, request=sent,
        elapsed=0, verify=False,
    )  # fmt: skip
