"""Five thousand risks judged over the API, beside a bare insert of the same rows."""

import time

from django.db import transaction
from django.test import Client
from django.utils import timezone

from assessments.choices import AssessmentState
from assessments.models import Assessment
from registers.models import Control, Risk, RiskControl
from registers.services.controls import ControlDraft, create_control
from riskhub.accounts.models import Department
from riskhub.accounts.services import assign_role, create_user
from riskhub.audit.context import acting
from riskhub.demo.volume import seed_risks
from tests.api_client import ApiClient
from tests.benchmarks.pages import HOST

ROWS, SECONDS, AT_ONCE = 5_000, 60, 1_000


def judging(table, people):
    """Each risk has a control that is counted: a third is judged High and waits, the rest counts."""
    del people
    while wanted := max(0, ROWS - judged_next().count()):
        for _done in seed_risks(wanted):
            pass
    manager = create_user(by=None, username="judge", display_name="judge")
    assign_role(manager, by=None, role="risk_manager")
    risks = list(judged_next().order_by("pk")[:ROWS])
    control = linked_to(risks, manager)
    api = ApiClient(manager)
    api.client = Client(SERVER_NAME=HOST)
    bodies = [
        {"assessments": [row(risk, number, control) for number, risk in part]}
        for part in parts_of(list(enumerate(risks)))
    ]
    started = time.perf_counter()
    results = [one for body in bodies for one in sent(api, body)]
    taken = time.perf_counter() - started
    done = sum(one["result"] != "refused" for one in results)
    if done != len(risks):
        raise RuntimeError(f"{done} of {len(risks)} were recorded: {results[:3]}")
    floor = bare(risks, control)
    table.add(f"{len(risks):,} assessments by API", taken, beside=floor, limit=SECONDS)


def judged_next():
    """A register that was read from a file has assessments that wait to be confirmed."""
    return Risk.objects.open().exclude(assessments__state=AssessmentState.SUBMITTED)


def linked_to(risks, by):
    draft = ControlDraft(
        title="完工试压", owner_department=Department.objects.order_by("pk")[0], type="preventive",
        check_every_days=30,
    )  # fmt: skip
    control = create_control(draft, by=by)
    with acting(None, "risk_control.linked"):
        RiskControl.objects.bulk_create(
            RiskControl(risk=risk, control=control, acts_on="probability") for risk in risks
        )
    return Control.objects.get(pk=control.pk)


def row(risk, number, control):
    inherent = {"probability": 4, "impact": 3 if number % 3 else 4}
    return {
        "risk": risk.code,
        "inherent": inherent,
        "residual": inherent | {"probability": 3},
        "rationale": "按近三个月的服务记录评分。",
        "controls": [{"control": control.code, "probability": 1}],
        "dimensions": [{"kind": "inherent", "dimension": "money", "score": inherent["impact"]}],
    }


def parts_of(rows):
    return [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]


def sent(api, body):
    answer = api.post("assessments/bulk/", body)
    if answer.status_code != 200:
        raise RuntimeError(answer.content[:500])
    return answer.json()["results"]


def bare(risks, control):
    """The same rows with the same triggers, and nothing else; taken back afterwards."""
    started = time.perf_counter()
    with transaction.atomic():
        made = Assessment.objects.bulk_create(
            [
                Assessment(
                    risk=risk, scheme_id=1, state="rejected", rationale="按近三个月的服务记录评分。",
                    inherent_probability=4, inherent_impact=3, inherent_level=2,
                    residual_probability=3, residual_impact=3, residual_level=1,
                    submitted_at=timezone.now(), is_unlinked_import=True,
                )
                for risk in risks
            ],
            batch_size=1000,
        )  # fmt: skip
        Assessment.objects.filter(pk__in=[one.pk for one in made]).update(rejected_reason="x")
        taken = time.perf_counter() - started
        transaction.set_rollback(True)
    return taken
