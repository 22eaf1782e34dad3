"""Everything on the page of a risk but its timeline."""

from typing import Any

from registers.forms.risk_links import new_link_form
from registers.links import by_relation, linked_risks
from registers.models import Risk
from registers.origins import origin_lines
from registers.permissions import can_comment_on_risk, can_edit_risk
from registers.tabs import fill_slot, risk_head
from riskhub.accounts.models import User
from riskhub.files.forms import CommentForm


def overview_of(user: User, risk: Risk) -> dict[str, Any]:
    """A fixed number of queries, whatever hangs on the risk."""
    sources = risk.sources.exclude(pk=risk.primary_source_id)
    return {
        "risk": risk,
        "head": risk_head(user, risk, "overview"),
        "standing": fill_slot("standing", user, risk),
        "cards": fill_slot("overview", user, risk),
        "further": list(sources),
        "lines": list(risk.service_lines.all()),
        "may_split": not (risk.cause and risk.consequence) and can_edit_risk(user, risk),
        "links": by_relation(linked_risks(user, risk)),
        "comment_form": CommentForm() if can_comment_on_risk(user, risk) else None,
        "link_form": new_link_form(user, risk),
        "origins": origin_lines(user, risk),
        "merged": list(risk.merged_risks.visible_to(user).order_by("number")),
    }
