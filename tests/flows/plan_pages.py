"""The pages of response plans: see `tests.flows.pages`."""

from assessments.models import Action, ResourceLine, ResponsePlan
from tests.flows.stops import Stop


def plans():
    def newest(state):
        return ResponsePlan.objects.filter(state=state).order_by("pk").last()

    yield Stop("assessments:plan_list")
    for state in ("submitted", "in_progress", "rejected"):
        yield Stop("assessments:plan_detail", key=newest(state).code)
    yield Stop("assessments:plan_edit", key=newest("draft").code)
    yield Stop("assessments:plan_submit", key=newest("draft").code)
    yield Stop("assessments:plan_withdraw", key=newest("in_progress").code)
    yield Stop("assessments:plan_waiting", "approver")
    yield Stop("assessments:plan_waiting", "auditor")
    yield Stop("assessments:plan_decide", "approver", newest("submitted").code)
    yield Stop("assessments:spending_create", key=ResourceLine.objects.latest("pk").pk)
    yield Stop("assessments:action_list", "head.cleaning")
    done = Action.objects.filter(state="done").exclude(done_by__username="risk.manager").first()
    yield Stop("assessments:action_list", query="?view=verify")
    yield Stop("assessments:action_verify", key=done.pk)
    yield Stop("assessments:plan_close", key=newest("completed").code)
    yield Stop("assessments:plan_compare", key=newest("in_progress").code)
    action = Action.objects.filter(state="open").order_by("pk").last()
    yield Stop("assessments:action_finish", action.owner.username, action.pk)
