"""The people of the demo company, its departments and registers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from assessments.models import ResponsePlan
from registers.models import Register, Risk
from registers.services import create_register
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import assign_role, create_department, create_user
from riskhub.audit.context import acting
from riskhub.company.services import set_preference
from riskhub.demo.timeline import Timeline

Story = dict[str, Any]


@dataclass
class Company:
    """What the steps of the story find by name; `risks` and `plans` by library code or own key."""

    story: Story
    timeline: Timeline
    users: dict[str, User] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    plans: dict[str, ResponsePlan] = field(default_factory=dict)

    def risk(self, key: str) -> Risk:
        """As it is stored now: each step may have changed it."""
        return Risk.objects.get(pk=self.risks[key].pk)


def found_company(story: Story, timeline: Timeline, password: str) -> Company:
    company = Company(story, timeline)
    with acting(None, "demo.founded"):
        for language, name in story["company"].items():
            set_preference(f"company_name_{language}", name, by=None)
        _add_departments(company)
        _add_people(company, password)
        _add_registers(company)
    return company


def _add_departments(company: Company) -> None:
    company.departments = {row.code: row for row in Department.objects.all()}
    for entry in company.story["departments"]:
        company.departments[entry["code"]] = create_department(
            by=None, code=entry["code"], name_zh=entry["zh"], name_en=entry["en"],
            parent=company.departments[entry["parent"]],
        )  # fmt: skip


def _add_people(company: Company, password: str) -> None:
    """One password for all, hashed once: hashing is slow on purpose."""
    hashed = make_password(password)
    hired_on = company.timeline.finished.starts_on - timedelta(days=365)
    for entry in company.story["people"]:
        user = _add_person(company, entry, hired_on)
        with acting(None, "user.password_set"):
            user.password = hashed
            user.save(update_fields=["password"])
        company.users[user.username] = user


def _add_person(company: Company, entry: dict[str, Any], hired_on: date) -> User:
    department = company.departments[entry["department"]]
    user = create_user(
        by=None, username=entry["username"], display_name=entry["name"], department=department
    )
    scope = department if entry.get("scoped") else None
    assign_role(user, by=None, role=entry["role"], department=scope, valid_from=hired_on)
    return user


def _add_registers(company: Company) -> None:
    for entry in company.story["registers"]:
        company.registers[entry["code"]] = create_register(
            by=company.users["risk.manager"], code=entry["code"], name_zh=entry["zh"],
            name_en=entry["en"], department=company.departments[entry["department"]],
        )  # fmt: skip
