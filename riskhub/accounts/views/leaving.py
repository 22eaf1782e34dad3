"""Closing an account and opening it again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from riskhub.accounts.forms.leaving import LeavingForm
from riskhub.accounts.leaving import holdings_of, leaving_blockers
from riskhub.accounts.models import User
from riskhub.accounts.permissions import can_manage_people
from riskhub.accounts.services import StillHolds, deactivate_user, reactivate_user
from riskhub.accounts.services.leaving import OWN_ACCOUNT
from riskhub.web.access import permitted
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def person_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    """With a new owner for everything that is open. `?each=risk-3` gives that group one by one."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not person.is_active:
        return turned_away(request, _("This account is closed already."), person)
    sent = request.POST if request.method == "POST" else None
    if sent is None and person == request.user:
        return turned_away(request, str(OWN_ACCOUNT), person)
    each = (request.GET if sent is None else sent).getlist("each")
    form = LeavingForm(sent, holdings=holdings_of(person), each=each, initial=request.GET.dict())
    context = {"person": person, "form": form, "each": each}
    if sent is not None and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            deactivate_user(person, by=request.user, heirs=form.heirs(), reason=reason)
        except StillHolds as left:
            return _left(request, person, left)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("The account of %(name)s is closed.") % {"name": person})
            return redirect(person)
    context["blockers"] = leaving_blockers(person)
    return render_page(request, "accounts/person_deactivate.html", context)


@require_POST
@permitted(can_manage_people)
def person_reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        reactivate_user(person, by=request.user)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages), person)
    words = _("The account of %(name)s is open again. The roles below hold on their days.")
    messages.success(request, words % {"name": person})
    return redirect(person)


def _left(request: SignedInRequest, person: User, left: StillHolds) -> HttpResponse:
    """What came in since the page was opened is asked for as well; what was chosen stays chosen."""
    each = request.POST.getlist("each")
    chosen = {name: value for name, value in request.POST.items() if name.startswith("to-")}
    initial = chosen | {"reason": request.POST.get("reason", "")}
    form = LeavingForm(holdings=holdings_of(person), each=each, initial=initial)
    context = {
        "person": person, "form": form, "each": each, "blockers": left.blockers,
        "is_late": bool(left.holdings), "is_refused": True,
    }  # fmt: skip
    template = "accounts/person_deactivate.html"
    return render_page(request, template, context, status=UNPROCESSABLE)
