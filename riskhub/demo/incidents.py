"""Steps of the story about incidents: reported, sorted, looked into, paid, closed; and orders per month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django.utils import timezone

from incidents.models import Incident, IncidentKind
from incidents.services.exposure import enter_exposure
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    triage_incident,
)
from incidents.services.incidents import Seen, report_incident
from incidents.services.investigations import analyse_incident, edit_incident, link_incident_risk
from incidents.services.losses import book_loss
from incidents.statistics.scope import next_month
from registers.models import ServiceLine
from riskhub.accounts.models import User
from riskhub.demo.company import Company
from riskhub.demo.steps import Step, beginning_of, steps_after

Entry = dict[str, Any]
_A_DAY = 1440


def tell(company: Company, entry: Entry) -> list[Step]:
    """One incident, as far as the story takes it."""
    told = _Incident(company, entry)
    began = beginning_of(company.timeline, entry)
    steps = [Step(began, told.come), *steps_after(began, entry, told.steps)]
    paid = [
        Step(began + timedelta(minutes=given["after"]), partial(told.pay, given))
        for given in entry.get("losses", ())
    ]
    return steps + paid


def count_orders(company: Company, entry: Entry) -> list[Step]:
    """What one service line did, each month told on the first day after it."""
    return [
        Step(_end_of(company, month), partial(_enter, company, entry["line"], month, orders))
        for month, orders in zip(_months(company), entry["orders"], strict=False)
    ]


def _months(company: Company) -> list[date]:
    """From the finished quarter on, those that are over."""
    month, found = company.timeline.finished.starts_on, []
    while _end_of(company, month) <= company.timeline.now:
        found.append(month)
        month = next_month(month)
    return found


def _end_of(company: Company, month: date) -> datetime:
    last = datetime.combine(next_month(month), datetime.min.time(), company.timeline.zone)
    return last + timedelta(minutes=_A_DAY // 2)


def _enter(company: Company, line: str, month: date, orders: int) -> None:
    by = company.users["risk.manager"]
    enter_exposure(ServiceLine.objects.get(code=line), month, by=by, orders=orders)


@dataclass
class _Incident:
    """What the steps of one incident share: the key by which it is found again."""

    company: Company
    entry: Entry

    def __post_init__(self) -> None:
        self.key = uuid4()

    @property
    def steps(self) -> dict[str, Callable[[Any], None]]:
        return {
            "sorted": self.sort, "analysed": self.analyse, "linked": self.link, "closed": self.close,
        }  # fmt: skip

    @property
    def row(self) -> Incident:
        return Incident.objects.all().get(client_uuid=self.key)

    @property
    def manager(self) -> User:
        return self.company.users["risk.manager"]

    def come(self) -> None:
        by = self.company.users[self.entry["by"]]
        department = by.department
        assert department is not None  # noqa: S101 - the story gives each of its people one
        seen = Seen(
            client_uuid=self.key,
            text=self.entry["text"],
            kind=IncidentKind.objects.get(code=self.entry["kind"]),
            department=department,
            place=self.entry["place"],
            immediate_action=self.entry.get("done", ""),
            hurt=self.entry.get("hurt", ()),
        )
        report_incident(seen, by=by)

    def sort(self, given: Entry) -> None:
        line = ServiceLine.objects.get(code=self.entry["line"])
        edit_incident(self.row, by=self.manager, version=None, service_line=line)
        triage_incident(
            self.row, by=self.manager, kind=self.row.kind, actual_severity=given["actual"],
            potential_severity=given["potential"],
            investigator=self.company.users[given["investigator"]],
        )  # fmt: skip

    def analyse(self, given: Entry) -> None:
        investigate_incident(self.row, by=self.manager)
        analyse_incident(
            self.row, by=self.manager, version=None, whys=given["whys"],
            root_cause=given["cause"], lessons=given["lessons"],
        )  # fmt: skip

    def link(self, given: Entry) -> None:
        risk = self.company.risk(given["risk"])
        link_incident_risk(self.row, risk, by=self.manager, known_before=True)

    def pay(self, given: Entry) -> None:
        book_loss(
            self.row, by=self.manager, kind=given["kind"], amount=Decimal(given["amount"]),
            booked_on=timezone.localdate(), state=given["state"], note=given["note"],
            client_uuid=uuid4(),
        )  # fmt: skip

    def close(self, _minutes: int) -> None:
        act_on_incident(self.row, by=self.manager)
        close_incident(self.row, by=self.manager)
