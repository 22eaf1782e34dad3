"""The page of the form, as three addresses answer with it: judge, save the draft, two windows at once."""

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState, Dimension, ScoreKind
from assessments.comparison import compare
from assessments.counting import counted_in, links_in_use
from assessments.decided import name_returns
from assessments.effects import AXES
from assessments.forms.assessments import (
    FIVE,
    KINDS,
    QUICK,
    AssessmentForm,
)
from assessments.forms.dimensions import scored_in, worst_of
from assessments.forms.following import follow
from assessments.forms.lec import NAMES
from assessments.forms.net_of import net_of_former
from assessments.lec import AREA
from assessments.lec_words import lec_words, plain
from assessments.models import Assessment, AssessmentDraft, LecScore
from assessments.net_of import policies_for
from assessments.people import confirmers_of, names_of
from assessments.permissions import can_reject_assessment
from assessments.previews import preview_of
from assessments.schemes.scales import Scales, scales_in_force
from registers.models import Risk, RiskControl
from registers.models.transfers import Transfer
from riskhub.web.conflicts import Conflict, conflict_between
from riskhub.web.errors import turned_away
from riskhub.web.rendering import part_wanted, render_page
from riskhub.web.requests import SignedInRequest

_KEY = re.compile("[0-9a-f-]{36}")
STATE = "draft-state"
LEFT_OUT = "left_out"
TEMPLATE = "assessments/assessment_create.html"
_SCORE_NAMES = tuple(f"{kind}_{axis}" for kind in KINDS for axis in AXES)
_DIMENSIONS = tuple(f"{kind}_{one}" for kind in ScoreKind.values for one in Dimension.values)
_TEXTS = ("rationale", "evidence", "confidence")


@dataclass(frozen=True)
class Desk:
    """What lies on the table: the risk, what counted before, what was sent back, one's own draft."""

    request: SignedInRequest
    risk: Risk
    scales: Scales
    links: list[RiskControl]
    policies: list[Transfer]
    former: Assessment | None
    returned: Assessment | None
    draft: AssessmentDraft | None

    def form(self, *, is_bound: bool, initial: dict[str, Any] | None = None) -> AssessmentForm:
        start = self.returned or self.former
        return AssessmentForm(
            self.request.POST if is_bound else None, scales=self.scales, links=self.links,
            initial=initial or self._initial(start), counted=counted_in(start), policies=self.policies,
            has_lec=bool(self.risk.area and self.risk.area.code == AREA),
        )  # fmt: skip

    def context(self, form: AssessmentForm, conflict: Conflict | None = None) -> dict[str, Any]:
        """The form, and what stands beside it."""
        request, risk = self.request, self.risk
        follows = follow(form, request.htmx.trigger or "")
        worst = {kind: worst_of(form, kind) for kind in ScoreKind.values}
        values = {name: form[name].value() for name in _SCORE_NAMES}
        values |= {f"{kind}_impact": one.score for kind, one in worst.items() if one}
        preview = preview_of(values, self.scales, risk, form.lowering)
        pending = Assessment.objects.filter(risk=risk).waiting().select_related("assessor").first()
        context: dict[str, Any] = {
            "risk": risk, "form": form, "former": self.former, "pending": pending,
            "returned": self.returned, "draft": self.draft, "conflict": conflict,
            "preview": preview, "unsent": ",".join(form.texts()), "today": timezone.localdate(),
            "follows": follows, "left_out": form.initial.get(LEFT_OUT),
            "worst": worst,
        }  # fmt: skip
        if lec := form.lec:
            is_far = bool(preview.residual and lec.is_far_from(preview.residual.level))
            context |= {"lec": lec, "lec_words": lec_words(lec), "lec_is_far": is_far}
        if self.former:
            context["comparison"] = compare(
                self.former, preview, form.links, form.effects, form.net_of
            )
        waiting = pending or Assessment(risk=risk, assessor=request.user)
        if pending or preview.needs_second_person:
            context["confirmers"] = names_of(confirmers_of(waiting))
        if pending:
            waiting.risk = risk
            context["can_reject"] = can_reject_assessment(request.user, waiting)
        return context

    def _initial(self, start: Assessment | None) -> dict[str, Any]:
        """The former scores, then the draft, then what was chosen on the page.

        What was sent back comes with its words, too. Quick entry has no 1 and no 5: what stood there is
        chosen anew, for the nearest of the three would be another judgement.
        """
        request = self.request
        given = request.POST if request.method == "POST" else request.GET
        values: dict[str, Any] = {name: getattr(start, name, None) for name in _SCORE_NAMES}
        if self.returned:
            values |= {name: getattr(self.returned, name) for name in _TEXTS}
        values |= scored_in(start) | _lec_in(start) | net_of_former(start, self.policies)
        values |= self.draft.typed if self.draft else {}
        values["row_version"] = self.draft.row_version if self.draft else 0
        values |= given.dict()
        values["entry"] = given.get("switch") or values.get("entry") or FIVE
        if values["entry"] == QUICK:
            left_out = [name for name in _SCORE_NAMES[:4] if str(values[name]) in {"1", "5"}]
            scored = [name for name in _DIMENSIONS if str(values.get(name)) in {"1", "5"}]
            values |= dict.fromkeys(left_out) | {LEFT_OUT: bool(left_out or scored)}
        key = given.get("client_uuid", "")
        return values | {"client_uuid": key if _KEY.fullmatch(key) else uuid4()}


def _lec_in(start: Assessment | None) -> dict[str, str]:
    """What the lists hold of a former assessment."""
    former = LecScore.objects.filter(assessment=start).first() if start else None
    if former is None:
        return {}
    values = former.likelihood, former.exposure, former.consequence
    return dict(zip(NAMES, map(plain, values), strict=True))


def desk_of(request: SignedInRequest, risk: Risk) -> Desk:
    """What was sent back last is gone on with, until something else counts or waits."""
    user = request.user
    rows = Assessment.objects.filter(risk=risk).exclude(state=AssessmentState.DRAFT)
    last = rows.order_by("-pk").first()
    is_returned = last and last.state == AssessmentState.REJECTED and last.assessor_id == user.pk
    if last and is_returned:
        name_returns([last])
    return Desk(
        request=request,
        risk=risk,
        scales=scales_in_force(),
        links=links_in_use([risk])[risk.pk],
        policies=list(policies_for(user)),
        former=rows.confirmed().select_related("assessor", "net_of_policy").first(),
        returned=last if is_returned else None,
        draft=AssessmentDraft.objects.filter(risk=risk, assessor=user).first(),
    )


def draft_conflict(desk: Desk, stored: Model) -> HttpResponse:
    """Another window saved meanwhile: 409, both texts, and what was typed here stays in the form."""
    assert isinstance(stored, AssessmentDraft)  # noqa: S101 - the only thing that is stale here
    sent = desk.form(is_bound=True)
    names = [name for name in sent.fields if name in sent.typed() or name in stored.typed]
    now = {name: stored.typed.get(name, "") for name in names}
    conflict = conflict_between(sent, now, stored.row_version)
    data = conflict.form.data
    initial = {name: data.get(name) for name in sent.fields}
    form = desk.form(is_bound=False, initial=initial)
    context = replace(desk, draft=stored).context(form, replace(conflict, form=form))
    if part_wanted(desk.request, TEMPLATE) != STATE:
        return render_page(desk.request, TEMPLATE, context, status=409)
    page = get_template(f"{TEMPLATE}#assessment-form").render(context, desk.request)
    where = {"HX-Retarget": "#assessment-form", "HX-Reswap": "outerHTML"}
    return HttpResponse(page, status=409, headers=where)


def is_closed(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to assess it.") % {"code": risk.code}
    return turned_away(request, words, risk)
