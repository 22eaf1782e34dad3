"""One small company: a person for each role, and two of each thing, one per department.

`own` things belong to CLEAN, below OPS; `other` ones to REPAIR, below TECH. Those who hold a role for
OPS or CLEAN see the former only. `missing` is well formed and does not exist.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from assessments.plans.content import PlannedResource
from assessments.services import (
    Cause,
    finish_action,
    open_reassessments,
    verify_action,
)
from assessments.services.imports import upload_register
from registers.models import ServiceLine
from registers.receipts import receipt_of
from registers.services import (
    close_risk,
    create_register,
    create_term,
    edit_risks,
    file_proposal,
    link_control,
    link_risks,
)
from registers.weighing import Change
from riskhub.accounts.models import Department
from riskhub.accounts.services import create_department, deactivate_user, delegate_decisions
from riskhub.audit.context import entered
from riskhub.audit.models import AuditEvent
from riskhub.company.calendar import Quarter
from riskhub.files.services import add_comment, store_file
from riskhub.imports.models import ImportMapping
from riskhub.notices.models import Notice
from riskhub.notices.services import notify
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.search.services import create_saved_view
from riskhub.setup.first_key import first_key
from riskhub.work.models import Work
from riskhub.work.services import owe_work
from tests.access.drafts import begun_plan, drafted
from tests.access.entered import (
    enter_complaint,
    enter_contingency,
    enter_group,
    enter_incident,
    enter_transfers,
)
from tests.assessments.changing import bring, make_change
from tests.assessments.matrices import draft as draft_scheme
from tests.assessments.matrices import submitted as submitted_scheme
from tests.builders import assess, make_control, make_plan, make_risk
from tests.cast import make_user
from tests.filings import ask
from tests.photos import made_attachment

EVERYWHERE = ("manager", "approver", "finance", "service", "auditor", "admin")
IN_CLEAN = ("ops_manager", "head", "staff")
ROLES = ("nobody", "outsider", *IN_CLEAN, *EVERYWHERE)
# They end in digits, so that another one is well formed, too.
REQUESTS = {
    "own": "7f9d8c8e-8f9d-4f0e-9b1a-aaaaaaaaa111",
    "other": "7f9d8c8e-8f9d-4f0e-9b1a-aaaaaaaaa222",
}
_UUID = re.compile("[0-9a-f-]{36}")
FILE = "编号,风险名称,可能性,影响\n1,漏水,2,2\n2,坠落,1,2\n3,投诉,3,1\n".encode()


@dataclass
class World:
    people: dict = field(default_factory=dict)
    clients: dict = field(default_factory=dict)
    things: dict = field(default_factory=dict)

    def value(self, thing, kind):
        """What stands in the address for this thing."""
        return self.things[thing][kind]


def build_world():
    world = World()
    ops, tech = (Department.objects.get(code=code) for code in ("OPS", "TECH"))
    clean = create_department(by=None, code="CLEAN", name_zh="家庭保洁组", parent=ops)
    repair = create_department(by=None, code="REPAIR", name_zh="维修组", parent=tech)
    _people(world, ops, clean, repair)
    for kind, department in (("own", clean), ("other", repair)):
        _things(world, kind, department)
        _changes(world, kind, department)
        enter_complaint(world, kind, department, world.value("judged", kind))
        enter_incident(world, kind, department, world.value("judged", kind))
    _company_things(world)
    for thing in world.things.values():
        thing["missing"] = _missing(next(iter(thing.values())))
    return world


def _missing(known):
    """Of the same form, and there is none."""
    if isinstance(known, int):
        return 987654
    if _UUID.fullmatch(known):
        return str(uuid4())
    return f"{known.rstrip('0123456789')}999"


def _people(world, ops, clean, repair):
    places = {"ops_manager": ("risk_manager", ops), "head": ("department_head", ops),
              "staff": ("staff", clean), "manager": ("risk_manager", None), "outsider": (None, None),
              "service": ("customer_service", None)}  # fmt: skip
    for role in ROLES[1:]:
        name, department = places.get(role, (role, None))
        world.people[role] = make_user(role, role, name, department)
    world.people["admin"].is_superuser = True
    world.people["admin"].save()
    world.people["repairer"] = make_user("repairer", "repairer", "staff", repair)
    world.people["second"] = make_user("second", "second", "risk_manager")
    for role in ROLES:
        world.clients[role] = Client()
        if role != "nobody":
            world.clients[role].force_login(
                world.people[role], backend="django.contrib.auth.backends.ModelBackend"
            )


def _things(world, kind, department):
    manager, second = world.people["manager"], world.people["second"]
    register = create_register(
        by=manager, code=f"{kind.upper()}", name_zh=kind, department=department
    )

    def risk(title):
        return make_risk(register, by=manager, department=department, title=title)

    def high(title):
        made = risk(title)
        assess(made, (5, 3), (4, 3), by=manager, confirmed_by=second)
        return made

    def keep(thing, value):
        world.things.setdefault(thing, {})[kind] = value

    keep("link", link_risks(risk("因"), risk("果"), by=manager, relation="causes").pk)
    for thing, made in (
        ("risk", risk("漏水")),
        ("closed_risk", risk("旧事")),
        ("judged", high("高")),
    ):
        made.refresh_from_db()
        keep(thing, made.code)
        if thing == "closed_risk":
            close_risk(made, by=manager, reason="停止")
    change = Change(next_review_on=timezone.localdate() + timedelta(1))
    keep("bulk_edit", edit_risks([risk("批量")], change, by=manager).pk)
    attached = made_attachment(risk("有附件"), by=manager)
    keep("attachment", str(attached.uuid))
    keep("owner", attached.owner)
    keep("comment", add_comment(risk("有评论"), "排班要先停", by=manager).pk)
    key = REQUESTS[kind]
    with entered(request_id=UUID(key)):
        risk("一次请求")
    keep("request", key)
    keep("event", AuditEvent.objects.get(request_id=key, object_type="registers_risk").pk)
    keep("register", register.code)
    keep("drafted", drafted(world, risk("草稿")).code)
    keep("begun_plan", begun_plan(world, risk("动笔")).code)
    keep("assessment", assess(risk("待确认"), (5, 3), (4, 3), by=manager).pk)
    keep("draft_plan", make_plan(high("草拟"), by=manager).code)
    keep("sent_plan", make_plan(high("待批"), by=manager, submitted=True).code)
    asked = PlannedResource("r1", "money", "试压设备", "1200")
    done = make_plan(
        low(register, manager, department), by=manager, submitted=True, resources=(asked,)
    )
    keep("done_plan", done.code)
    keep("action", done.actions.get().pk)
    cause = Cause(risk("复评").pk, "manual", timezone.localdate() + timedelta(days=7))
    (task,) = open_reassessments([cause], by=manager).values()
    keep("reassessment", task.pk)
    finished = make_plan(low(register, manager, department), by=manager, submitted=True)
    keep("done_action", finish_action(finished.actions.get(), by=manager, note="做完了").pk)
    whole = make_plan(low(register, manager, department), by=manager, submitted=True)
    action = finish_action(whole.actions.get(), by=manager, note="做完了")
    verify_action(action, by=world.people["ops_manager"])
    keep("finished_plan", whole.code)
    keep("resource", done.in_force.resources.get().pk)
    filer = world.people["staff" if kind == "own" else "repairer"]
    control = make_control(department, by=manager, title="试压", owner=filer)
    keep("control", control.code)
    keep("risk_control", link_control(risk("有控制"), control, by=manager).pk)
    planned = make_control(department, by=manager, title="计划", state="draft")
    keep("planned_control", planned.code)
    proposal, _new = file_proposal(
        by=filer, client_uuid=uuid4(), text="地面湿滑", department=department
    )
    keep("proposal", proposal.pk)
    keep("poster", department.code)
    enter_contingency(world, kind, department, risk("有预案"))
    asked, _new = file_proposal(by=filer, client_uuid=uuid4(), text="灯坏", department=department)
    ask(asked, by=manager)
    keep("asked", asked.pk)
    if kind == "own":
        for thing in ("key", "asked_key"):
            form = uuid4()
            nameless, _new = file_proposal(
                by=filer, client_uuid=form, text="差点摔倒", department=department,
                kinds=["near_miss"], is_anonymous=True,
            )  # fmt: skip
            keep(thing, str(receipt_of(form)))
        ask(nameless, by=manager)


def _changes(world, kind, department):
    """Process changes without a risk, one in each state but the last."""
    manager = world.people["manager"]
    states = {
        "draft_change": "draft", "sent_change": "submitted", "taken_change": "assessing",
        "ready_change": "ready", "live_change": "implemented",
    }  # fmt: skip
    for thing, state in states.items():
        change = bring(make_change(department, by=manager), state, by=manager)
        world.things.setdefault(thing, {})[kind] = change.code


def low(register, manager, department):
    """Its plan needs no approval: submitted, it is in force with its action."""
    risk = make_risk(register, by=manager, department=department, title="低")
    assess(risk, (2, 2), (2, 2), by=manager)
    return risk


def _company_things(world):
    """Things of no department, or of one person."""
    manager = world.people["manager"]
    quarter = Quarter.of(timezone.localdate()).previous
    snapshot = ReportSnapshot.objects.create(
        kind="quarterly", period_start=quarter.starts_on, period_end=quarter.ends_on,
        as_of=timezone.now(), content="{}", made_by=manager,
    )  # fmt: skip
    file = store_file(
        b"%PDF-1.7", by=manager, kind="report", filename="x.pdf", mime="application/pdf"
    )
    report = Report.objects.create(
        snapshot=snapshot, locale="zh-hans", state="ready", file=file, pages=1,
        ready_at=timezone.now(), requested_by=manager,
    )  # fmt: skip
    owe_work("quiet", "access:dead")
    Work.objects.filter(dedupe="access:dead").update(state="dead")
    for kind, person in (("own", "staff"), ("other", "repairer")):
        notify([world.people[person]], by=None, kind="report_ready", params={"period": "2026Q3"},
               url="/", dedupe=f"access:{kind}")  # fmt: skip
        notice = Notice.objects.get(dedupe=f"access:{kind}")
        world.things.setdefault("notice", {})[kind] = notice.pk
        view = create_saved_view(
            "registers:risk_list", by=world.people[person], name="我的", query={}, columns=[]
        )
        world.things.setdefault("saved_view", {})[kind] = view.pk
    same = {str(score): score for score in (1, 2, 3)}
    run = upload_register(
        FILE, by=manager, filename="x.csv", register_code="OWN",
        mapping={
            "scales": {"probability": same, "impact": same},
            "defaults": {"category": "technical", "department": "OPS", "source": "survey"},
        },
    )  # fmt: skip
    repairer = world.people["repairer"]
    free = make_user("free", "free", "staff", repairer.department)  # nothing open is theirs
    world.things["person"] = {"own": free.pk}
    gone = deactivate_user(make_user("gone", "gone"), by=world.people["admin"])
    world.things["first_key"] = {"own": first_key()}
    world.things["closed_person"] = {"own": gone.pk}
    second, far = world.people["second"], timezone.localdate() + timedelta(days=300)
    lent = delegate_decisions(
        second, repairer, by=second, begins_on=far, last_on=far, reason="休假"
    )
    world.things["absent"] = {"own": second.pk}
    world.things["delegation"] = {"own": lent.pk}
    world.things["role"] = {"own": repairer.role_assignments.get().pk}
    create_department(by=None, code="EMPTY", name_zh="空部门")
    world.things["draft_scheme"] = {"own": draft_scheme(by=manager).pk}
    world.things["waiting_scheme"] = {"own": submitted_scheme(by=manager).pk}
    world.things["department"] = {"own": "EMPTY"}
    create_term(ServiceLine, by=manager, code="windows", name_zh="擦窗")
    world.things["list"] = {"own": "line"}
    world.things["term"] = {"own": "line:windows"}
    enter_transfers(world)
    world.things["report"] = {"own": report.pk}
    world.things["work"] = {"own": Work.objects.get(dedupe="access:dead").pk}
    world.things["run"] = {"own": run.pk}
    enter_group(world)
    kept = ImportMapping.objects.create(
        kind="register", target="OWN", header="0" * 64, name="季报", filename="x.csv"
    )
    world.things["mapping"] = {"own": kept.pk}
