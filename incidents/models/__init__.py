from incidents.models.categories import ComplaintCategory, IncidentKind
from incidents.models.complaint import Complaint
from incidents.models.severity import Severity

__all__ = ["Complaint", "ComplaintCategory", "IncidentKind", "Severity"]
