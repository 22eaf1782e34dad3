"""Response plans as the spec draws them (2.6, 2.8 and RELIABILITY 2); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import ANSWERERS, APPROVERS, WRITERS

EDITED = {
    "draft", "submitted", "changes_requested", "approved", "in_progress", "completed", "expired",
}  # fmt: skip
OVER = {"closed", "rejected", "withdrawn"}
CARRIED_OUT = {"approved", "in_progress", "completed"}


@dataclass(frozen=True)
class Text:
    """`number` makes two texts differ; a target is (2,2), which only a small risk has reached."""

    number: int
    strategy: str = "mitigate"
    actions: frozenset = frozenset({"a1"})
    has_target: bool = False
    has_reason: bool = True


@dataclass
class Version:
    number: int
    text: Text
    authors: set
    submitter: str = ""
    is_approved: bool = False


@dataclass
class Row:
    """An action: `doer` finished it."""

    state: str = "open"
    doer: str = ""


@dataclass
class RiskModel:
    """A small risk (2,2) or a High one (4,3)."""

    state: str = "assessed"
    is_high: bool = True


@dataclass
class PlanModel:
    risk: RiskModel
    head: Version
    owner: str
    state: str = "draft"
    in_force: Version = None
    versions: list = field(default_factory=list)
    rows: dict = field(default_factory=dict)

    def __post_init__(self):
        self.versions.append(self.head)

    # ---------- may it ----------

    def may_save(self, who, is_fresh):
        may = WRITERS if self.state in {"draft", "changes_requested"} else ANSWERERS
        return self.state in EDITED and is_fresh and who in may

    def may_submit(self, who, is_fresh):
        return (
            self.state == "draft"
            and is_fresh
            and who in ANSWERERS
            and self._is_whole(self.head.text)
        )

    def _is_whole(self, text):
        if text.strategy == "mitigate":
            return bool(text.actions)
        return text.has_reason or not self.risk.is_high

    def may_decide(self, who, decision, *, is_shown, is_commented):
        return (
            self.state == "submitted" and is_shown and who in APPROVERS
            and who not in self.authors_since_approval() | {self.head.submitter}
            and (is_commented or decision == "approved")
        )  # fmt: skip

    def authors_since_approval(self):
        last = max((one.number for one in self.versions if one.is_approved), default=0)
        return set().union(*(one.authors for one in self.versions if one.number > last))

    def may_withdraw(self, who, is_explained):
        ends = EDITED - {"completed"}
        return self.state in ends and who in ANSWERERS and is_explained

    def may_discard(self, who, is_explained):
        is_written = self.state in {"draft", "changes_requested"} and self.in_force
        return bool(is_written) and who in ANSWERERS and is_explained

    def may_work(self, who, key, states):
        """Who begins or finishes an action: its owner, who is the staff, or who answers for the risk."""
        row = self.rows.get(key)
        return row is not None and row.state in states and who in WRITERS

    def may_judge_action(self, who, key):
        row = self.rows.get(key)
        is_done = row is not None and row.state == "done"
        return is_done and who != row.doer and who in ANSWERERS | {self.owner}

    def may_reopen(self, who, key):
        return self.may_judge_action(who, key) and self.state not in OVER

    def may_close(self, who):
        is_verified = all(row.state != "done" for row in self.rows.values())
        target = self.in_force and self.in_force.text.has_target
        is_reached = not (target and self.risk.is_high)
        return self.state == "completed" and who in ANSWERERS and is_verified and is_reached

    # ---------- what it does ----------

    def save(self, who, text):
        if text == self.head.text:
            return
        if self.head.submitter:
            self.head = Version(len(self.versions) + 1, text, {who})
            self.versions.append(self.head)
            self.state = "draft"
        else:
            self.head.text = text
            self.head.authors.add(who)

    def submit(self, who):
        self.head.submitter = who
        self.state = "submitted"
        if not self.risk.is_high:
            self._put_in_force()

    def decide(self, decision):
        if decision == "approved":
            self.head.is_approved = True
            self._put_in_force()
        elif decision == "changes":
            self.state = "changes_requested"
        elif self.in_force:
            self.discard()
        else:
            self._end("rejected")

    def discard(self):
        """The further version is given up."""
        self.head, self.state = self.in_force, "approved"
        self._take_along()

    def withdraw(self):
        self._end("withdrawn")

    def expire(self):
        if self.state == "approved" and self.in_force.text.strategy == "accept":
            self.state = "expired"

    def finish(self, who, key):
        self.rows[key] = Row("done", who)
        self._take_along()

    def judge_action(self, key, *, is_well):
        self.rows[key] = Row("verified") if is_well else Row()
        self._take_along()

    def close(self):
        self.state = "closed"
        if self.risk.state in {"responding", "monitored"}:
            self.risk.state = "monitored"

    def _put_in_force(self):
        self.in_force, self.state = self.head, "approved"
        for key in self.head.text.actions:
            row = self.rows.setdefault(key, Row())
            if row.state == "cancelled":
                row.state = "open"
        self._cancel(set(self.rows) - self.head.text.actions)
        self._take_along()

    def _take_along(self):
        """The first action that is done puts the plan in progress, the last one completes it."""
        if self.state not in CARRIED_OUT:
            return
        states = {row.state for row in self.rows.values()} - {"cancelled"}
        if self.state == "approved" and states & {"done", "verified"}:
            self.state = "in_progress"
        if self.state != "approved":
            self.state = "completed" if states <= {"done", "verified"} else "in_progress"
        is_settled = self.in_force.text.strategy == "accept" or not states & {"open", "doing"}
        self.risk.state = "monitored" if is_settled else "responding"

    def _end(self, state):
        self.state, self.in_force = state, None
        self._cancel(set(self.rows))
        if self.risk.state in {"responding", "monitored"}:
            self.risk.state = "assessed"

    def _cancel(self, keys):
        for key in keys:
            if self.rows[key].state in {"open", "doing"}:
                self.rows[key].state = "cancelled"
