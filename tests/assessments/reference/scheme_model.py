"""Matrices as the spec draws them (2.4, 2.8, 3.4); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import APPROVERS, MANAGERS


@dataclass
class Scheme:
    text: str
    authors: set
    state: str = "draft"


@dataclass
class SchemeModel:
    """`made` begins with the matrix that ships, number 1."""

    made: list = field(default_factory=lambda: [Scheme("standard", set(), "in_force")])

    def may_start(self, who):
        return who in MANAGERS

    def start(self, who, text):
        self.made.append(Scheme(text, {who}))

    def may_save(self, who, one, is_fresh):
        return who in MANAGERS and one.state in {"draft", "changes_requested"} and is_fresh

    def save(self, who, one, text):
        if text != one.text:
            one.text, one.state = text, "draft"
            one.authors.add(who)

    def may_submit(self, who, one, is_fresh):
        return who in MANAGERS and one.state == "draft" and is_fresh and one.text != "falls"

    def submit(self, who, one):
        one.state = "submitted"
        one.authors.add(who)

    def may_recall(self, who, one, is_fresh):
        return who in MANAGERS and one.state == "submitted" and is_fresh

    def may_discard(self, who, one, is_fresh):
        return who in MANAGERS and one.state in {"draft", "changes_requested"} and is_fresh

    def may_decide(self, who, one, *, is_approved, is_shown, is_commented):
        return (
            who in APPROVERS and one.state == "submitted" and is_shown and who not in one.authors
            and (is_commented or is_approved)
        )  # fmt: skip

    def decide(self, one, *, is_approved):
        if not is_approved:
            one.state = "changes_requested"
            return
        for former in self.made:
            if former.state == "in_force":
                former.state = "retired"
        one.state = "in_force"
