"""Work that is owed around a filing: its filer is told, those who decide are reminded."""

from datetime import datetime
from typing import Any

from registers.models import RiskProposal
from registers.services.triage_notices import remind_deciders, tell_filer


def tell_owed(payload: dict[str, Any]) -> None:
    proposal = RiskProposal.objects.get(pk=payload["proposal"])
    tell_filer(proposal, datetime.fromisoformat(payload["at"]))


def remind_owed(payload: dict[str, Any]) -> None:
    remind_deciders(RiskProposal.objects.get(pk=payload["proposal"]))
