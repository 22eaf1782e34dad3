"""Process changes as the spec draws them (2.6, 2.8); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import MANAGERS, WRITERS

HANDED_IN = {"submitted", "assessing", "ready"}


@dataclass
class ChangeModel:
    """`tasks` is {number of a risk: state of its task, "" before the change is handed in}."""

    state: str = "draft"
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
        """The steps that the risk manager takes."""
        before = {"assessing": "submitted", "ready": "assessing", "implemented": "ready",
                  "reviewed": "implemented"}[to]  # fmt: skip
        needs_judged = to in {"ready", "implemented"}
        return who in MANAGERS and self.state == before and (self.is_judged or not needs_judged)

    def may_cancel(self, who, is_explained):
        may = WRITERS if self.state == "draft" else MANAGERS
        return self.state in HANDED_IN | {"draft"} and who in may and is_explained

    def cancel(self):
        self.state = "cancelled"
        self.tasks = {risk: "waived" if one == "open" else one for risk, one in self.tasks.items()}

    def may_waive(self, who, risk):
        return self.tasks.get(risk) == "open" and who in MANAGERS
