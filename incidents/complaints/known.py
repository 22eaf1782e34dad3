"""Which risks were known when a complaint came. Pure."""

from incidents.models import Complaint
from registers.models import Risk


def known_before(risk: Risk, complaint: Complaint) -> bool:
    """Whether it stood in the register already."""
    return risk.accepted_at <= complaint.received_at
