"""Very many risks for trying the product at size: plausible texts, true levels, confirmed assessments.

Written by COPY in chunks, past the services, under the audit action `risk.seeded`. The triggers, the
composite keys and the checks of the database hold all the same, so a false level fails here too.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from assessments.matrix import SCORES, Cell, Grid
from assessments.models import AppetiteRule
from assessments.review_dates import add_months
from assessments.schemes.in_force import grid_in_force
from registers.choices import Level, RiskState, Velocity
from registers.models import LibraryRisk, Register, RiskArea, RiskCategory, RiskSource
from registers.services import create_register
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import assign_role, create_user
from riskhub.audit.context import acting
from riskhub.company.services import take_numbers

CHUNK = 10_000
REGISTERS = 8
_PLACES = (
    ("城东站", "East station"), ("城西站", "West station"), ("城南站", "South station"),
    ("城北站", "North station"), ("高新区站", "High-tech zone"), ("滨江站", "Riverside station"),
    ("大学城站", "Campus station"), ("老城区站", "Old town station"), ("机场站", "Airport station"),
    ("开发区站", "Development zone"),
)  # fmt: skip
_WHEN = (
    ("早班", "morning shift"), ("晚班", "evening shift"), ("周末", "weekend"),
    ("节假日", "holidays"), ("雨季", "rainy season"), ("旺季", "peak season"),
    ("新员工", "new staff"), ("外包班组", "contractors"),
)  # fmt: skip
# Out of a hundred: the risks that are judged, and of these the ones closed again.
_JUDGED, _CLOSED, _ENGLISH = 85, 5, 10


@dataclass(frozen=True)
class Ground:
    """Everything a seeded row refers to, read once."""

    grid: Grid
    months: dict[int, int]
    library: Sequence[LibraryRisk]
    terms: dict[str, dict[str, int]]
    departments: Sequence[int]
    registers: Sequence[int]
    assessor: User
    confirmer: User
    now: datetime
    today: date


@dataclass(frozen=True)
class Judgement:
    inherent: Cell
    residual: Cell
    assessed_on: date
    next_review_on: date


def seed_risks(count: int, *, by: None = None) -> Iterator[int]:
    """Add so many risks; yields how many there are after each chunk, each a transaction of its own."""
    del by
    ground = lay_ground()
    chooser = random.Random(count)  # noqa: S311 - the same texts each time, no secret
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        with acting(None, "risk.seeded"):
            _copy_chunk(ground, chooser, size)
        yield start + size


def lay_ground(*, by: None = None) -> Ground:
    """Registers and two people without a password, where the company has none."""
    with acting(by, "risk.seeded"):
        departments = list(Department.objects.order_by("pk"))
        assessor, confirmer = (_manager(n, departments[0]) for n in (1, 2))
        rules = AppetiteRule.objects.filter(scheme__state="in_force", area=None)
        return Ground(
            grid=grid_in_force(),
            months={rule.level: rule.review_months or 12 for rule in rules},
            library=list(LibraryRisk.objects.all()),
            terms={
                model.__name__: dict(model._default_manager.values_list("code", "pk"))
                for model in (RiskCategory, RiskArea, RiskSource)
            },
            departments=[department.pk for department in departments],
            registers=[_register(n, departments).pk for n in range(1, REGISTERS + 1)],
            assessor=assessor,
            confirmer=confirmer,
            now=timezone.now(),
            today=timezone.localdate(),
        )


def _manager(number: int, department: Department) -> User:
    username = f"seed.manager{number}"
    if found := User.objects.filter(username=username).first():
        return found
    user = create_user(
        by=None, username=username, display_name=f"Seed manager {number}", department=department
    )
    assign_role(user, by=None, role=Role.RISK_MANAGER)
    return user


def _register(number: int, departments: Sequence[Department]) -> Register:
    code = f"SEED{number}"
    found = Register.objects.coded(code).first()
    return found or create_register(
        by=None, code=code, name_zh=f"第 {number} 区域登记表", name_en=f"Region {number}",
        department=departments[number % len(departments)],
    )  # fmt: skip


def _copy_chunk(ground: Ground, chooser: random.Random, size: int) -> None:
    numbers = take_numbers("risk", by=None, count=size)
    keys = _next_keys("registers_risk", size)
    risks, sources, assessments = [], [], []
    for key, number in zip(keys, numbers, strict=True):
        judgement = _judge(ground, chooser) if chooser.randrange(100) < _JUDGED else None
        row = _risk(ground, chooser, judgement)
        risks.append({"id": key, "number": number} | row)
        sources.append({"risk_id": key, "risksource_id": row["primary_source_id"]})
        if judgement:
            assessments.append({"risk_id": key} | _assessment(ground, judgement))
    _copy("registers_risk", risks)
    _copy("registers_risk_sources", sources)
    _copy("assessments_assessment", assessments)


def _judge(ground: Ground, chooser: random.Random) -> Judgement:
    probability, impact = chooser.choice(SCORES), chooser.choice(SCORES)
    residual = ground.grid.cell(chooser.randint(1, probability), chooser.randint(1, impact))
    assessed_on = ground.today - timedelta(days=chooser.randrange(300))
    next_review_on = add_months(assessed_on, ground.months[residual.level])
    return Judgement(ground.grid.cell(probability, impact), residual, assessed_on, next_review_on)


def _risk(ground: Ground, chooser: random.Random, judgement: Judgement | None) -> dict[str, Any]:
    body = chooser.choice(ground.library).body
    place, when = chooser.choice(_PLACES), chooser.choice(_WHEN)
    zh, en = (
        f"{place[0]}{body['title']['zh']}（{when[0]}）",
        f"{body['title']['en']}, {place[1]}, {when[1]}",
    )
    lang = "en" if chooser.randrange(100) < _ENGLISH else "zh"
    is_closed = bool(
        judgement and judgement.residual.level < Level.CRITICAL and chooser.randrange(100) < _CLOSED
    )
    return _standing(ground, judgement) | {
        "title": zh if lang == "zh" else en,
        "title_alt": en if lang == "zh" else zh,
        "cause": body["cause"][lang],
        "event": body["event"][lang],
        "consequence": body["consequence"][lang],
        "lang": "zh-hans" if lang == "zh" else "en",
        "client_digest": "",
        "owner_note": "",
        "business_importance": chooser.choice(SCORES),
        "importance_reason": "",
        "controllability": "own",
        "velocity": chooser.choice(Velocity.values),
        "state": _state(judgement, is_closed=is_closed),
        "reported_on": ground.today - timedelta(days=300 + chooser.randrange(600)),
        "accepted_at": ground.now,
        "closed_reason": "该站点已停业。" if is_closed else "",
        "closed_at": ground.now if is_closed else None,
        "row_version": 1,
        "plan_strategy": "",
        "plan_state": "",
        "accepted_by_id": ground.assessor.pk,
        "owner_id": None,
        "owner_department_id": chooser.choice(ground.departments),
        "register_id": chooser.choice(ground.registers),
        "reported_by_id": ground.assessor.pk,
        "area_id": ground.terms["RiskArea"].get(body.get("area", "")),
        "category_id": ground.terms["RiskCategory"][body["category"]],
        "primary_source_id": ground.terms["RiskSource"][body["sources"][0]],
    }


def _state(judgement: Judgement | None, *, is_closed: bool) -> str:
    if is_closed:
        return RiskState.CLOSED
    return RiskState.ASSESSED if judgement else RiskState.IDENTIFIED


def _standing(ground: Ground, judgement: Judgement | None) -> dict[str, Any]:
    if judgement is None:
        return dict.fromkeys(_STANDING)
    return {
        "standing_scheme": ground.grid.scheme,
        "assessed_on": judgement.assessed_on,
        "next_review_on": judgement.next_review_on,
    } | _cells(judgement)


def _cells(judgement: Judgement) -> dict[str, int]:
    return {
        f"{kind}_{part}": getattr(cell, part)
        for kind, cell in (("inherent", judgement.inherent), ("residual", judgement.residual))
        for part in ("probability", "impact", "level")
    }


_CELLS = [
    f"{kind}_{p}" for kind in ("inherent", "residual") for p in ("probability", "impact", "level")
]
_STANDING = ["standing_scheme", "assessed_on", "next_review_on", *_CELLS]


def _assessment(ground: Ground, judgement: Judgement) -> dict[str, Any]:
    return _cells(judgement) | {
        "scheme_id": ground.grid.scheme,
        "method": "matrix",
        "trigger": "initial",
        "rationale": "按近三个月的服务记录评分。",
        "confidence": "medium",
        "is_unlinked_import": judgement.residual.pair != judgement.inherent.pair,
        "state": "confirmed",
        "assessor_id": ground.assessor.pk,
        "assessed_on": judgement.assessed_on,
        "submitted_at": ground.now,
        "confirmed_by_id": ground.confirmer.pk,
        "confirmed_at": ground.now,
        "rejected_reason": "",
        "client_digest": "",
        "row_version": 1,
    }


def _next_keys(table: str, size: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, size],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns])
