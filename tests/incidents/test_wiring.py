"""What of an incident stands in the log that the head of its department reads."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from incidents.services.losses import book_loss
from riskhub.oversight import scope
from riskhub.oversight.scope import events_visible_to
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("few", [1000, 0])
def test_the_head_reads_what_was_lost_and_no_other(
    few, monkeypatch, clean, risk_manager, head_cleaning, head_repair
):
    monkeypatch.setattr(scope, "FEW", few)
    incident = make_incident(clean, risk_manager, hurt=["staff"])
    book_loss(
        incident, by=risk_manager, kind="damage", amount=Decimal(1), booked_on=date(2026, 9, 1),
        client_uuid=uuid4(),
    )  # fmt: skip
    tables = {
        head: {*events_visible_to(head).values_list("object_type", flat=True)}
        for head in (head_cleaning, head_repair)
    }
    ours = {"incidents_incident", "incidents_injuredperson", "incidents_lossentry"}
    assert (tables[head_cleaning] & ours, tables[head_repair] & ours) == (ours, set())
