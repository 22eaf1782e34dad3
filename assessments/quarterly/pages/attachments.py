"""Files inside the PDF: the register as CSV."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override, pgettext

from assessments.quarterly.pages.book import Book
from riskhub.reports.render.job import Attachment
from riskhub.reports.writers.csv import stream_csv
from riskhub.reports.writers.tables import Column, Kind, Table

if TYPE_CHECKING:
    from assessments.quarterly.pages.line import RiskLine
    from assessments.quarterly.schema import Snapshot


def quarterly_attachments(snapshot: "Snapshot", locale: str) -> list[Attachment]:
    with override(locale):
        content = b"".join(stream_csv(_register(Book(snapshot, "")))).decode()
        return [Attachment("register.csv", gettext("Full register"), content, "Data")]


def _register(book: Book) -> Table:
    columns = (
        Column("code", gettext("Code")),
        Column("name", gettext("Risk")),
        Column("register", gettext("Register")),
        Column("category", gettext("Category")),
        Column("area", gettext("Area")),
        Column("source", gettext("Source")),
        Column("level", gettext("Level")),
        Column("probability", gettext("Probability"), Kind.NUMBER),
        Column("impact", gettext("Impact"), Kind.NUMBER),
        Column("inherent_probability", gettext("Inherent probability"), Kind.NUMBER),
        Column("inherent_impact", gettext("Inherent impact"), Kind.NUMBER),
        Column("priority", gettext("Priority index"), Kind.NUMBER),
        Column("strategy", gettext("Strategy")),
        Column("plan", gettext("Plan")),
        Column("plan_state", gettext("Plan state")),
        Column("department", gettext("Responsible department")),
        Column("assessed_on", pgettext("date", "Assessed"), Kind.DATE),
        Column("next_review_on", gettext("Next review"), Kind.DATE),
    )
    return Table("register", columns, (_row(risk) for risk in book.risks))


def _row(risk: "RiskLine") -> dict[str, object]:
    return {
        "code": risk.code,
        "name": risk.name,
        "register": risk.book.name("registers", risk.part["register"]),
        "category": risk.category,
        "area": risk.area,
        "source": risk.source,
        "level": risk.level.name if risk.level else "",
        "probability": risk.residual[0] if risk.residual else None,
        "impact": risk.residual[1] if risk.residual else None,
        "inherent_probability": risk.inherent[0] if risk.inherent else None,
        "inherent_impact": risk.inherent[1] if risk.inherent else None,
        "priority": risk.priority,
        "strategy": risk.strategy if risk.part["strategy"] else "",
        "plan": risk.plan_title,
        "plan_state": risk.plan_state,
        "department": risk.department,
        "assessed_on": risk.part["assessed_on"],
        "next_review_on": risk.part["next_review_on"],
    }
