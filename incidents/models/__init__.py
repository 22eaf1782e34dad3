from incidents.models.categories import ComplaintCategory, IncidentKind
from incidents.models.complaint import Complaint
from incidents.models.handling import ComplaintMessage, ComplaintRisk, Resolution
from incidents.models.severity import Severity

__all__ = [
    "Complaint",
    "ComplaintCategory",
    "ComplaintMessage",
    "ComplaintRisk",
    "IncidentKind",
    "Resolution",
    "Severity",
]
