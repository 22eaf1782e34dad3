"""Sections 8 to 14: what the company does not keep in the system yet, each with the reason."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from assessments.quarterly.pages.book import Book


@dataclass(frozen=True, slots=True)
class AbsentSection:
    number: str
    title: str
    reason: str


ABSENT = (
    AbsentSection(
        "8",
        gettext_noop("Incidents and complaints"),
        gettext_noop("Incidents and complaints are not recorded in the system yet."),
    ),
    AbsentSection(
        "9",
        gettext_noop("Contingency and drills"),
        gettext_noop("Contingency plans and drills are not kept in the system yet."),
    ),
    AbsentSection(
        "10",
        gettext_noop("Insurance and contracts"),
        gettext_noop("Policies and contract clauses are not kept in the system yet."),
    ),
    AbsentSection(
        "11",
        gettext_noop("Early warning"),
        gettext_noop("Early-warning indicators are not measured in the system yet."),
    ),
    AbsentSection(
        "12",
        gettext_noop("Changes and reassessments"),
        gettext_noop("Process changes are not recorded in the system yet."),
    ),
    AbsentSection(
        "13",
        gettext_noop("Review record"),
        gettext_noop("The quarterly review is not run in the system yet."),
    ),
    AbsentSection(
        "14",
        gettext_noop("Learning"),
        gettext_noop("There are no confirmed links from incidents to risks to learn from yet."),
    ),
)


def absent_page(_book: Book) -> dict[str, list[AbsentSection]]:
    return {
        "absent": [
            AbsentSection(item.number, gettext(item.title), gettext(item.reason)) for item in ABSENT
        ]
    }
