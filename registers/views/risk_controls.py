"""The controls of a risk: the tab with the bow-tie, and what is said of each link."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.bow_tie import acting_on, bow_tie_of
from registers.closing import NotOpen
from registers.control_page import linkable_controls, linkable_risks, offers_for
from registers.forms.risk_controls import EffectEditForm, LinkControlForm, LinkRiskForm
from registers.models import Control, Risk, RiskControl
from registers.permissions import can_link_controls, may_link_controls
from registers.services import (
    Retired,
    adopt_control_for,
    edit_risk_control,
    link_control,
    unlink_control,
)
from registers.tabs import risk_head
from registers.views.controls import PAGE_METHODS, visible_control
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.conflicts import conflict_between
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def risk_controls(request: SignedInRequest, code: str) -> HttpResponse:
    """The tab: what stands between cause and consequence, as a picture and as a table."""
    risk, user = _visible_risk(request, code), request.user
    links = acting_on(risk)
    may_link = can_link_controls(user, risk)
    context = {
        "risk": risk,
        "head": risk_head(user, risk, "controls"),
        "tie": bow_tie_of(user, risk, links),
        "links": links,
        "may_link": may_link,
        "offers": offers_for(risk, links) if may_link else [],
        "today": timezone.localdate(),
    }
    return render_page(request, "registers/risk_controls.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_control_create(request: SignedInRequest, code: str) -> HttpResponse:
    """A control of the catalogue acts on this risk from now on."""
    risk = _visible_risk(request, code)
    require(may_link_controls(request.user, risk))
    if not risk.is_open:
        return _is_closed(request, risk)
    controls = linkable_controls(risk, request.user)
    initial = {"control": request.GET.get("control")}
    form = LinkControlForm(request.POST or None, controls=controls, initial=initial)
    if request.method == "POST" and form.is_valid() and _link(request, form, risk=risk):
        return redirect("registers:risk_controls", risk.code)
    context = {"risk": risk, "form": form, "has_any": controls.exists()}
    return render_page(request, "registers/risk_control_create.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def control_link(request: SignedInRequest, code: str) -> HttpResponse:
    """The same from the page of the control."""
    control = visible_control(request, code)
    risks = linkable_risks(request.user)
    require(risks.exists())
    if control.state == "retired":
        return turned_away(request, str(Retired()), control)
    form = LinkRiskForm(request.POST or None, risks=risks)
    if request.method == "POST" and form.is_valid() and _link(request, form, control=control):
        return redirect(control)
    return render_page(request, "registers/control_link.html", {"control": control, "form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_control_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it lowers and by how much; somebody saved in between: 409 with both texts."""
    link = _visible_link(request, pk)
    require(may_link_controls(request.user, link.risk))
    if not link.risk.is_open:
        return _is_closed(request, link.risk)
    initial = {"back": request.GET.get("back", "")}
    form = EffectEditForm(request.POST or None, link=link, initial=initial)
    context: dict[str, Any] = {"link": link, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_risk_control(link, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            now = {name: getattr(stale.current, name) for name in form.changes()}
            found = conflict_between(form, now, stale.current.row_version)  # type: ignore[attr-defined]  # a link
            context |= {"form": found.form, "conflict": found}
            return render_page(request, "registers/risk_control_edit.html", context, status=409)
        words = _("The effect of %(code)s is saved.") % {"code": link.control.code}
        messages.success(request, words)
        return redirect(_back(link, form.cleaned_data["back"]))
    return render_page(request, "registers/risk_control_edit.html", context)


@require_POST
@signed_in
def risk_control_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """It acts on this risk no longer."""
    link = _visible_link(request, pk)
    require(may_link_controls(request.user, link.risk))
    back = _back(link, request.POST.get("back", ""))
    try:
        unlink_control(link, by=request.user)
    except NotOpen as refusal:
        return conflict(request, str(refusal))
    words = _("%(code)s acts on %(risk)s no longer.")
    messages.success(request, words % {"code": link.control.code, "risk": link.risk.code})
    return redirect(back)


@require_POST
@signed_in
def risk_control_adopt(request: SignedInRequest, code: str) -> HttpResponse:
    """What the library names for the risk: put into the catalogue as planned, and linked."""
    risk = _visible_risk(request, code)
    require(may_link_controls(request.user, risk))
    offered = {entry.code: entry for entry in offers_for(risk, acting_on(risk))}
    entry = offered.get(request.POST.get("entry", ""))
    if entry is None:
        return conflict(
            request, _("The library names this control no longer, or it is linked already.")
        )
    try:
        control = adopt_control_for(risk, entry, by=request.user)
    except NotOpen as refusal:
        return conflict(request, str(refusal))
    words = _("%(code)s is planned for this risk. Give it an owner and take it into use.")
    messages.success(request, words % {"code": control.code})
    return redirect("registers:risk_controls", risk.code)


def _link(
    request: SignedInRequest,
    form: LinkControlForm | LinkRiskForm,
    *,
    risk: Risk | None = None,
    control: Control | None = None,
) -> bool:
    """Whether it is linked now; a refusal stands in the form."""
    facts = {"risk": risk, "control": control} | form.cleaned_data
    try:
        link = link_control(facts.pop("risk"), facts.pop("control"), by=request.user, **facts)
    except (NotOpen, Retired) as refusal:
        form.add_error(None, str(refusal))
        return False
    except ValidationError as refusal:
        form.take(refusal)
        return False
    words = _("%(code)s acts on %(risk)s from now on.")
    messages.success(request, words % {"code": link.control.code, "risk": link.risk.code})
    return True


def _back(link: RiskControl, back: str) -> str:
    """The page that one came from."""
    if back == "control":
        return link.control.get_absolute_url()
    return reverse("registers:risk_controls", args=[link.risk.code])


def _visible_risk(request: SignedInRequest, code: str) -> Risk:
    risks = Risk.objects.visible_to(request.user).for_page()
    return get_object_or_404(risks.coded(code))


def _visible_link(request: SignedInRequest, pk: int) -> RiskControl:
    links = RiskControl.objects.visible_to(request.user)
    return get_object_or_404(links.select_related("risk", "control"), pk=pk)


def _is_closed(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to change it.") % {"code": risk.code}
    return turned_away(request, words, risk)
