"""Who decides for whom, and until when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskhub.accounts.forms.delegations import DelegationForm
from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.accounts.permissions import can_delegate, can_delegate_for, can_read_people
from riskhub.accounts.services import delegate_decisions, revoke_delegation
from riskhub.entry.day_words import day
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def delegation_list(request: SignedInRequest) -> HttpResponse:
    """One's own, given and taken; all of them for whoever looks after people. The open ones first."""
    seen = ApprovalDelegation.objects.visible_to(request.user)
    page = paginate(
        request, seen.order_by("-period", "-pk"), load=seen.select_related("from_user", "to_user")
    )
    context = {
        "page": page,
        "rows": [
            (one, one.is_open and can_delegate_for(request.user, one.from_user)) for one in page
        ],
        "may_delegate": can_delegate(request.user),
        "sees_all": can_read_people(request.user),
    }
    return render_page(request, "accounts/delegation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delegation_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """By whoever is away, or by the administrator for somebody who cannot do it themselves."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(can_delegate_for(request.user, person))
    if not (person.is_active and can_delegate(person)):
        words = _("%(name)s holds no role by which decisions are taken.") % {"name": person}
        return turned_away(request, words, "accounts:delegation_list")
    form = DelegationForm(request.POST or None, of=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = delegate_decisions(person, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            words = _("%(deputy)s decides for %(name)s from %(first)s to %(last)s.")
            facts = {"deputy": made.to_user, "name": person, "first": day(made.begins_on),
                     "last": day(made.last_on)}  # fmt: skip
            messages.success(request, words % facts)
            return redirect("accounts:delegation_list")
    context = {"form": form, "person": person, "is_own": person == request.user}
    return render_page(request, "accounts/delegation_create.html", context)


@require_POST
@signed_in
def delegation_end(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = ApprovalDelegation.objects.visible_to(request.user).select_related(
        "from_user", "to_user"
    )
    delegation = get_object_or_404(seen, pk=pk)
    require(can_delegate_for(request.user, delegation.from_user))
    try:
        revoke_delegation(delegation, by=request.user)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages), "accounts:delegation_list")
    words = _("%(deputy)s does not decide for %(name)s any more.")
    messages.success(request, words % {"deputy": delegation.to_user, "name": delegation.from_user})
    return redirect("accounts:delegation_list")
