"""A customer complains without an account: one question per page, a look at the answers, a number."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from incidents.complaints.draft import STEPS, Draft, draft_in
from incidents.complaints.secrets import secret_of
from incidents.complaints.telling import answers_of, called_by, kept_for
from incidents.forms.complain import FORMS, Step, photos_of, told_by
from incidents.models import Complaint
from incidents.services import CUSTOMER, receive_complaint
from incidents.views import limited
from incidents.views.public import customer_page, in_language, language_chosen
from registers.codes import code_drawing
from riskhub.company.preferences import preference

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
def complaint_tell(request: HttpRequest, step: str = STEPS[0]) -> HttpResponse:
    """One question. What was answered before stands in its page; nobody skips one."""
    if step not in FORMS:
        raise Http404
    draft = draft_in(request.session)
    if draft.code and request.method != "POST":
        draft = Draft()
    if not draft.may_show(step):
        return _step(draft.open_step)
    form = FORMS[step](*((request.POST, request.FILES) if request.method == "POST" else ()))
    wait = limited.telling(request) if form.is_bound else 0
    if not form.is_bound:
        form.show(draft.told.get(step, {}) | draft.typed.get(step, {}))
    elif wait:
        return _told_to_wait(request, draft, step, wait)
    elif language := language_chosen(request):
        draft = Draft() if draft.code else draft
        draft.typed[step] = form.typed
        draft.keep(request.session)
        return in_language(request, _step(step), language)
    elif form.is_valid():
        return _go_on(request, draft, step, form)
    return customer_page(request, "incidents/complaint_tell.html", _page_of(form, draft, step))


@require_http_methods(PAGE_METHODS)
def complaint_check(request: HttpRequest) -> HttpResponse:
    """All answers at once, each with a way back to its question; then it is sent.

    Sent again, because the answer was lost on its way or the button pressed twice, it leads to the receipt.
    """
    draft = draft_in(request.session)
    if draft.code:
        return redirect("incidents:complaint_receipt")
    if draft.open_step:
        return _step(draft.open_step)
    if request.method != "POST":
        return _check_page(request, draft)
    told = told_by(draft)
    if wait := limited.sending(request, told.contact.hashes):
        page = _check_page(request, draft, after=limited.after(wait), status=limited.TOO_MANY)
        return limited.told_to_wait(page, wait)
    complaint, _is_new = receive_complaint(told, by=CUSTOMER)
    draft.code, draft.told, draft.typed = complaint.code, {}, {}
    draft.keep(request.session)
    return redirect("incidents:complaint_receipt")


@require_safe
def complaint_receipt(request: HttpRequest) -> HttpResponse:
    """Its number, its secret, and by when somebody calls; for as long as the browser remembers it."""
    draft = draft_in(request.session)
    if not draft.code:
        return _step(draft.open_step)
    complaint = get_object_or_404(Complaint.objects.select_related("severity"), code=draft.code)
    follow = f"{reverse('incidents:tracking_open')}?number={complaint.code}"
    context = {
        "complaint": complaint, "secret": secret_of(draft.uuid), "by_when": called_by(complaint),
        "follow": follow, "drawing": code_drawing(request.build_absolute_uri(follow)),
    }  # fmt: skip
    return customer_page(request, "incidents/complaint_receipt.html", context)


def _go_on(request: HttpRequest, draft: Draft, step: str, form: Step) -> HttpResponseRedirect:
    """To the next question that is open. What a machine filled in is not kept, and begins anew."""
    if form.is_machine:
        return _step(STEPS[0])
    if draft.code:
        draft = Draft()
    draft.told[step] = form.kept
    draft.typed.pop(step, None)
    draft.keep(request.session)
    return _step(draft.open_step)


def _check_page(
    request: HttpRequest, draft: Draft, *, after: str = "", status: int | None = None
) -> HttpResponse:
    """`after` is the moment from which it may be sent."""
    facts = draft.facts
    context = {"answers": answers_of(facts), "photos": photos_of(facts), "after": after}
    return customer_page(request, "incidents/complaint_check.html", context, status=status)


def _page_of(form: Step, draft: Draft, step: str) -> dict[str, Any]:
    context = {"form": form, "step": step, "place": STEPS.index(step) + 1, "steps": len(STEPS)}
    if step == STEPS[0]:
        context["span"] = kept_for(preference("contact_kept_days"))
    return context | _way_back(draft, step)


def _told_to_wait(request: HttpRequest, draft: Draft, step: str, wait: int) -> HttpResponse:
    """429. What was typed stands there; photos are not looked at, and are chosen again."""
    form = FORMS[step]()
    form.show({} if step == "photos" else FORMS[step](request.POST).typed)
    context = _page_of(form, draft, step) | {"after": limited.after(wait)}
    page = customer_page(request, "incidents/complaint_tell.html", context, status=limited.TOO_MANY)
    return limited.told_to_wait(page, wait)


def _step(step: str) -> HttpResponseRedirect:
    if not step:
        return redirect("incidents:complaint_check")
    if step == STEPS[0]:
        return redirect("incidents:complaint_tell")
    return redirect("incidents:complaint_tell", step)


def _way_back(draft: Draft, step: str) -> dict[str, Any]:
    """The question before; the look at the answers where all were given."""
    place = STEPS.index(step)
    return {"is_change": not draft.open_step, "before": STEPS[place - 1] if place else ""}
