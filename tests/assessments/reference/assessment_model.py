"""Assessments and reassessment tasks as the spec draws them (2.6, 2.8); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import ANSWERERS, CONFIRMERS, MANAGERS

LEVELS = {(2, 2): 0, (2, 3): 1, (4, 3): 2, (5, 5): 3}
HIGH = 2


@dataclass
class Judgement:
    inherent: tuple
    residual: tuple
    assessor: str
    is_quick: bool
    state: str = "submitted"
    tasks: list = field(default_factory=list)
    """Those that were open when it was submitted: these it answers."""

    @property
    def needs_another(self):
        return LEVELS[self.inherent] >= HIGH or LEVELS[self.residual] >= HIGH


@dataclass
class Task:
    reason: str
    state: str = "open"


@dataclass
class AssessmentModel:
    made: list = field(default_factory=list)
    tasks: list = field(default_factory=list)

    @property
    def waiting(self):
        return next((one for one in self.made if one.state == "submitted"), None)

    @property
    def confirmed(self):
        return next((one for one in self.made if one.state == "confirmed"), None)

    def may_record(self, who):
        return who in ANSWERERS and self.waiting is None

    def record(self, who, inherent, residual, *, is_quick):
        made = Judgement(inherent, residual, who, is_quick, tasks=self.open_tasks())
        self.made.append(made)
        if not made.needs_another:
            self.confirm(made)

    def may_confirm(self, who, one):
        return one.state == "submitted" and who in CONFIRMERS and who != one.assessor

    def confirm(self, one):
        if self.confirmed:
            self.confirmed.state = "superseded"
        one.state = "confirmed"
        for task in one.tasks:
            if task.state == "open":
                task.state = "done"
        if one.is_quick and LEVELS[one.residual] >= HIGH:
            self.ask("quick")

    def may_reject(self, who, one, is_explained):
        may = who in CONFIRMERS or who == one.assessor
        return one.state == "submitted" and may and is_explained

    def open_tasks(self):
        return [task for task in self.tasks if task.state == "open"]

    def ask(self, reason):
        if reason not in {task.reason for task in self.open_tasks()}:
            self.tasks.append(Task(reason))

    def may_waive(self, who, task, is_explained):
        return task.state == "open" and who in MANAGERS and is_explained
