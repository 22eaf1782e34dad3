"""What has to be judged again, and the process changes that ask for it."""

from assessments.models import ProcessChange, ReassessmentTask
from tests.flows.stops import Stop


def changes():
    for who in ("risk.manager", "head.cleaning", "auditor"):
        yield Stop("assessments:reassessment_list", who, query="?view=all")
        yield Stop("assessments:change_list", who)
    task = ReassessmentTask.objects.open().order_by("pk").first()
    yield Stop("assessments:reassessment_waive", key=task.pk)
    yield Stop("registers:risk_detail", key=task.risk.code)
    yield Stop("assessments:change_create", "staff.cleaning")
    for change in ProcessChange.objects.order_by("pk"):
        yield Stop("assessments:change_detail", key=change.code)
    by_state = {change.state: change for change in ProcessChange.objects.all()}
    draft = by_state["draft"]
    yield Stop("assessments:change_detail", "head.repair", draft.code)
    for step in ("edit", "submit", "cancel"):
        yield Stop(f"assessments:change_{step}", key=draft.code)
    risk = draft.risks.get().risk.code
    yield Stop("assessments:change_risk_remove", key=draft.code, query=f"?risk={risk}")
    yield Stop("assessments:change_postpone", key=by_state["ready"].code)
    yield Stop("assessments:change_implement", key=by_state["ready"].code)
    yield Stop("assessments:change_review", "head.repair", by_state["implemented"].code)
