"""Process changes as the spec draws them (2.6, 2.8); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import ANSWERERS, MANAGERS, WRITERS

HANDED_IN = {"submitted", "assessing", "ready"}


@dataclass
class ChangeModel:
    """`tasks` is {number of a risk: state of its task, "" before the change is handed in}."""

    state: str = "draft"
    live_by: str = ""
    tasks: dict = field(default_factory=dict)

    @property
    def is_judged(self):
        return "open" not in self.tasks.values()

    def may_add(self, who):
        may = WRITERS if self.state == "draft" else MANAGERS
        return self.state in HANDED_IN | {"draft"} and who in may

    def add(self, risk):
        self.tasks.setdefault(risk, "")
        if self.state != "draft" and not self.tasks[risk]:
            self.tasks[risk] = "open"

    def may_submit(self, who, is_looked_at):
        return self.state == "draft" and who in WRITERS and bool(self.tasks or is_looked_at)

    def submit(self):
        self.state = "submitted"
        self.tasks = dict.fromkeys(self.tasks, "open")

    def may_go(self, who, to):
        """The steps that the risk manager takes; a review is another's, a head's too."""
        before = {"assessing": "submitted", "ready": "assessing", "implemented": "ready",
                  "reviewed": "implemented"}[to]  # fmt: skip
        needs_judged = to in {"ready", "implemented"}
        may = ANSWERERS - {self.live_by} if to == "reviewed" else MANAGERS
        return who in may and self.state == before and (self.is_judged or not needs_judged)

    def go(self, who, to):
        self.state = to
        self.live_by = who if to == "implemented" else self.live_by

    def may_cancel(self, who, is_explained):
        may = WRITERS if self.state == "draft" else MANAGERS
        return self.state in HANDED_IN | {"draft"} and who in may and is_explained

    def cancel(self):
        self.state = "cancelled"
        self.tasks = {risk: "waived" if one == "open" else one for risk, one in self.tasks.items()}

    def may_waive(self, who, risk):
        return self.tasks.get(risk) == "open" and who in MANAGERS
