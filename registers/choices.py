"""Words that the database holds as short codes, and the table of a risk's states."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(IntegerChoices):
    """The rank stands in the database; URL, API and JSON use `word_of(rank)`."""

    LOW = 0, _("Low")
    MEDIUM = 1, _("Medium")
    HIGH = 2, _("High")
    CRITICAL = 3, _("Critical")


LEVEL_WORDS = {level.value: level.name.lower() for level in Level}
LEVEL_RANKS = {word: rank for rank, word in LEVEL_WORDS.items()}


class RiskState(TextChoices):
    IDENTIFIED = "identified", _("Identified")
    ASSESSED = "assessed", pgettext_lazy("state of a risk", "Assessed")
    RESPONDING = "responding", _("Responding")
    MONITORED = "monitored", _("Monitored")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")


OPEN_STATES = (
    RiskState.IDENTIFIED, RiskState.ASSESSED, RiskState.RESPONDING, RiskState.MONITORED,
)  # fmt: skip

RISK_NEXT_STATES: dict[str, frozenset[str]] = {
    RiskState.IDENTIFIED: frozenset({RiskState.ASSESSED, RiskState.CLOSED, RiskState.MERGED}),
    RiskState.ASSESSED: frozenset(
        {RiskState.RESPONDING, RiskState.MONITORED, RiskState.CLOSED, RiskState.MERGED}
    ),
    RiskState.RESPONDING: frozenset(
        {RiskState.ASSESSED, RiskState.MONITORED, RiskState.CLOSED, RiskState.MERGED}
    ),
    RiskState.MONITORED: frozenset(
        {RiskState.ASSESSED, RiskState.RESPONDING, RiskState.CLOSED, RiskState.MERGED}
    ),
    RiskState.CLOSED: frozenset({RiskState.IDENTIFIED}),
    RiskState.MERGED: frozenset(),
}


class Controllability(TextChoices):
    OWN = "own", _("In our hands")
    SHARED = "shared", _("Shared with others")
    OUTSIDE = "outside", _("Outside our control")


class Velocity(TextChoices):
    """How fast the harm arrives once it starts; the order is the order of ranking."""

    INSTANT = "instant", _("At once")
    HOURS = "hours", _("Within hours")
    DAYS = "days", _("Within days")
    WEEKS = "weeks", _("Within weeks")


class Strategy(TextChoices):
    AVOID = "avoid", _("Avoid")
    TRANSFER = "transfer", _("Transfer")
    MITIGATE = "mitigate", _("Mitigate")
    ACCEPT = "accept", _("Accept")


class PlanState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class RegisterState(TextChoices):
    ACTIVE = "active", _("Active")
    ARCHIVED = "archived", _("Archived")


REGISTER_NEXT_STATES: dict[str, frozenset[str]] = {
    RegisterState.ACTIVE: frozenset({RegisterState.ARCHIVED}),
    RegisterState.ARCHIVED: frozenset({RegisterState.ACTIVE}),
}


class OriginKind(TextChoices):
    """Where a risk came from: which row, file or text stands behind it."""

    MANUAL = "manual", _("Entered by hand")
    LIBRARY = "library", _("Starter library")
    IMPORT = "import", _("Imported file")
    PROPOSAL = "proposal", _("Filed by staff")


class LinkKind(TextChoices):
    """What one risk does to another; related is the same from both sides."""

    CAUSES = "causes", _("causes")
    AGGRAVATES = "aggravates", _("aggravates")
    RELATED = "related", _("is related to")


class Relation(TextChoices):
    """The same as read on the page of either risk: “R001 is caused by R012”."""

    CAUSES = "causes", _("causes")
    CAUSED_BY = "caused_by", _("is caused by")
    AGGRAVATES = "aggravates", _("aggravates")
    AGGRAVATED_BY = "aggravated_by", _("is aggravated by")
    RELATED = "related", _("is related to")


class ProposalKind(TextChoices):
    """What somebody has to tell: a tap each on the phone, several or none."""

    HURT = "hurt", _("Somebody was hurt")
    DANGER = "danger", _("Danger now")
    NEAR_MISS = "near_miss", _("Near miss")
    ANGRY = "angry", _("Angry customer")
    IDEA = "idea", _("Idea")


class ProposalState(TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("a filing", "Received")
    NEED_INFO = "need_info", pgettext_lazy("a filing", "Question asked")
    ACCEPTED = "accepted", _("Accepted")
    MERGED = "merged", pgettext_lazy("a filing", "Added to a risk")
    DECLINED = "declined", _("Declined")


_DECISIONS = frozenset({ProposalState.ACCEPTED, ProposalState.MERGED, ProposalState.DECLINED})
# A decision goes back to "received" only where it is undone at once: the database watches the time.
PROPOSAL_NEXT_STATES: dict[str, frozenset[str]] = {
    ProposalState.SUBMITTED: _DECISIONS | {ProposalState.NEED_INFO},
    ProposalState.NEED_INFO: _DECISIONS | {ProposalState.SUBMITTED},
    ProposalState.ACCEPTED: frozenset({ProposalState.SUBMITTED}),
    ProposalState.MERGED: frozenset({ProposalState.SUBMITTED}),
    ProposalState.DECLINED: frozenset({ProposalState.SUBMITTED}),
}


class ControlType(TextChoices):
    """When it works: before the event, on what the event does, or once it has happened."""

    PREVENTIVE = "preventive", pgettext_lazy("a control", "Preventive")
    MITIGATING = "mitigating", pgettext_lazy("a control", "Mitigating")
    EMERGENCY = "emergency", pgettext_lazy("a control", "Emergency response")


class ControlState(TextChoices):
    """A draft is planned: it counts as a barrier once it is in use."""

    DRAFT = "draft", pgettext_lazy("a control", "Planned")
    ACTIVE = "active", pgettext_lazy("a control", "In use")
    RETIRED = "retired", pgettext_lazy("a control", "Retired")


CONTROL_NEXT_STATES: dict[str, frozenset[str]] = {
    ControlState.DRAFT: frozenset({ControlState.ACTIVE, ControlState.RETIRED}),
    ControlState.ACTIVE: frozenset({ControlState.RETIRED}),
    ControlState.RETIRED: frozenset({ControlState.ACTIVE}),
}


class ActsOn(TextChoices):
    """Which score of the risk a control lowers."""

    PROBABILITY = "probability", _("Probability")
    IMPACT = "impact", _("Impact")


class Effectiveness(TextChoices):
    """What a check found."""

    EFFECTIVE = "effective", pgettext_lazy("a control", "Effective")
    PARTLY = "partly", pgettext_lazy("a control", "Partly effective")
    INEFFECTIVE = "ineffective", pgettext_lazy("a control", "Ineffective")
    NOT_TESTED = "not_tested", pgettext_lazy("a control", "Not tested")


class TransferState(TextChoices):
    """Of a policy, a clause or a supplier; whether its day has passed is another question."""

    ACTIVE = "active", _("In use")
    ENDED = "ended", _("Ended")


TRANSFER_NEXT_STATES: dict[str, frozenset[str]] = {
    TransferState.ACTIVE: frozenset({TransferState.ENDED}),
    TransferState.ENDED: frozenset({TransferState.ACTIVE}),
}
