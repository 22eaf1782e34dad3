"""What one risk has to do with another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registers.closing import NotOpen
from registers.forms.risk_links import RiskLinkForm
from registers.models import Risk, RiskLink
from registers.permissions import can_end_link, may_link_risks
from registers.services import link_risks, unlink_risks
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def risk_link_create(request: SignedInRequest, code: str) -> HttpResponse:
    """`?other=` finds risks with these words, so that one of them can be chosen."""
    risk = _linkable(request, code)
    if not risk.is_open:
        return _is_not_open(request, risk)
    initial = {"other": request.GET.get("other", "")[:100]}
    form = RiskLinkForm(request.POST or None, user=request.user, risk=risk, initial=initial)
    if request.method == "POST" and form.is_valid():
        other, relation = form.cleaned_data["risk"], form.cleaned_data["relation"]
        try:
            link = link_risks(risk, other, by=request.user, relation=relation)
        except ValidationError as refusal:
            form.take(refusal)
        except NotOpen:
            return _is_not_open(request, risk)
        else:
            messages.success(request, _("Linked: %(link)s.") % {"link": link})
            return redirect(risk)
    return render_page(request, "registers/risk_link_create.html", {"risk": risk, "form": form})


@require_POST
@signed_in
def risk_link_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """From the page of the risk `on`; without it, of the one that comes first."""
    links = RiskLink.objects.visible_to(request.user).with_risks()
    link = get_object_or_404(links, pk=pk)
    require(can_end_link(request.user, link))
    is_second = request.POST.get("on") == link.to_risk.code
    risk, other = (link.to_risk, link.from_risk) if is_second else (link.from_risk, link.to_risk)
    try:
        unlink_risks(link, by=request.user)
    except NotOpen:
        return _is_not_open(request, risk)
    words = _("The link to %(code)s is removed. The history keeps it.")
    messages.success(request, words % {"code": other.code})
    return redirect(risk)


def _linkable(request: SignedInRequest, code: str) -> Risk:
    risk = get_object_or_404(Risk.objects.visible_to(request.user).for_page().coded(code))
    require(may_link_risks(request.user, risk))
    return risk


def _is_not_open(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to change it.") % {"code": risk.code}
    return turned_away(request, words, risk)
