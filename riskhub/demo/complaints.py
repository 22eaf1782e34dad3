"""Steps of the story about complaints: told by a customer, taken, answered, closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from incidents.complaints.contact import Contact
from incidents.models import Complaint, ComplaintCategory
from incidents.services import CUSTOMER, Told, receive_complaint
from incidents.services.closing import close_complaint, rate_complaint
from incidents.services.handling import log_contact, take_complaint
from incidents.services.offers import answer_offer, fulfil_offer, make_offer
from riskhub.accounts.models import User
from riskhub.demo.company import Company
from riskhub.demo.steps import Step, beginning_of, steps_after

Entry = dict[str, Any]
_CLOSED_TO_RATED = 600


def tell(company: Company, entry: Entry) -> list[Step]:
    """One complaint, as far as the story takes it."""
    told = _Complaint(company, entry)
    began = beginning_of(company.timeline, entry)
    steps = [Step(began, told.come), *steps_after(began, entry, told.steps)]
    if "stars" in entry:
        minutes = entry["closed"]["after"] + _CLOSED_TO_RATED
        steps.append(Step(began + timedelta(minutes=minutes), told.rate))
    return steps


@dataclass
class _Complaint:
    """What the steps of one complaint share: the key by which it is found again."""

    company: Company
    entry: Entry

    def __post_init__(self) -> None:
        self.key = uuid4()

    @property
    def steps(self) -> dict[str, Callable[[Any], None]]:
        return {
            "taken": self.take, "called": self.call, "offered": self.offer,
            "accepted": self.accept, "fulfilled": self.fulfil, "closed": self.close,
        }  # fmt: skip

    @property
    def row(self) -> Complaint:
        return Complaint.objects.all().get(client_uuid=self.key)

    @property
    def service(self) -> User:
        return self.company.users["customer.service"]

    def come(self) -> None:
        told = Told(
            client_uuid=self.key,
            text=self.entry["text"],
            troubles=self.entry["troubles"],
            order_ref=self.entry.get("order", ""),
            wish=self.entry["wish"],
            wish_text=self.entry.get("wish_text", ""),
            contact=Contact(self.entry.get("name", ""), self.entry.get("phone", "")),
        )
        receive_complaint(told, by=CUSTOMER)

    def take(self, _minutes: int) -> None:
        take_complaint(self.row, by=self.service)

    def call(self, given: Entry) -> None:
        log_contact(self.row, by=self.service, text=given["text"], client_uuid=uuid4())

    def offer(self, given: Entry) -> None:
        make_offer(
            self.row, by=self.service, kind=given["kind"], text=given["text"],
            amount=Decimal(given["amount"]), client_uuid=uuid4(),
        )  # fmt: skip

    def accept(self, _minutes: int) -> None:
        answer_offer(self.row.offers.get(), by=CUSTOMER, accepted=True)

    def fulfil(self, _minutes: int) -> None:
        fulfil_offer(self.row.offers.get(), by=self.service)

    def close(self, given: Entry) -> None:
        risks = {self.company.risk(given["risk"]): True}
        category = ComplaintCategory.objects.get(code=given["category"])
        close_complaint(
            self.row, by=self.service, root_cause=given["cause"], risks=risks, category=category
        )

    def rate(self) -> None:
        rate_complaint(self.row, by=CUSTOMER, stars=self.entry["stars"])
