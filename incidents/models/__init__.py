from incidents.models.activation import ActivationStep, ContingencyActivation
from incidents.models.categories import ComplaintCategory, IncidentKind
from incidents.models.clause import ComplaintClause
from incidents.models.complaint import Complaint
from incidents.models.elsewhere import RecordFile
from incidents.models.exposure import ExposureMonth
from incidents.models.fact import IncidentFact
from incidents.models.handling import ComplaintMessage, ComplaintRisk, Resolution
from incidents.models.incident import Incident, IncidentRisk, InjuredPerson
from incidents.models.loss import LossEntry
from incidents.models.measure import IncidentMeasure
from incidents.models.reply import ReplyTemplate
from incidents.models.severity import Severity
from incidents.models.statutory import StatutoryClock, StatutoryRule

__all__ = [
    "ActivationStep",
    "Complaint",
    "ComplaintCategory",
    "ComplaintClause",
    "ComplaintMessage",
    "ComplaintRisk",
    "ContingencyActivation",
    "ExposureMonth",
    "Incident",
    "IncidentFact",
    "IncidentKind",
    "IncidentMeasure",
    "IncidentRisk",
    "InjuredPerson",
    "LossEntry",
    "RecordFile",
    "ReplyTemplate",
    "Resolution",
    "Severity",
    "StatutoryClock",
    "StatutoryRule",
]
