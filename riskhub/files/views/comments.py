"""What people say about the things that they see."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.files.discussions import Settled
from riskhub.files.forms import CommentForm
from riskhub.files.models import Comment
from riskhub.files.owners import Owner
from riskhub.files.people import people_to_mention
from riskhub.files.permissions import can_comment
from riskhub.files.services import add_comment, withdraw_comment
from riskhub.files.views.owner import owner_named
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def comment_list(request: SignedInRequest, owner: str) -> HttpResponse:
    """All of them, newest first, and a box for one more; the page of the thing posts here, too."""
    kind, row = _discussed(request, owner)
    may = can_comment(request.user, row)
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        require(may)
        if form.is_valid() and (answer := _say(request, kind, row, form)):
            return answer
    comments = Comment.objects.of(row)
    page = paginate(
        request, comments.order_by("-pk"), load=comments.with_people(), per_page=PER_PAGE
    )
    context = {"form": form, "owner": row, "may": may, "page": page, "back": kind.page(row)}
    return render_page(request, "files/comment_list.html", context)


@require_safe
@signed_in
def comment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.visible_to(request.user).with_people(), pk=pk)
    kind, row = owner_named(request, comment.owner)
    context = {"comment": comment, "owner": row, "back": kind.page(row)}
    return render_page(request, "files/comment_detail.html", context)


@require_safe
@signed_in
def comment_people(request: SignedInRequest, owner: str) -> HttpResponse:
    """Those whom a comment on it can mention, by what was typed behind the @."""
    kind, row = _discussed(request, owner)
    require(can_comment(request.user, row))
    people = people_to_mention(row, request.GET.get("q", ""), by=request.user)
    context = {"people": people, "owner": row, "back": kind.page(row)}
    return render_page(request, "files/comment_people.html", context)


@require_POST
@signed_in
def comment_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    require(comment.author_id == request.user.pk)
    kind, row = owner_named(request, comment.owner)
    try:
        withdraw_comment(comment, by=request.user)
    except Settled as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("Your comment is withdrawn."))
    return redirect(kind.page(row))


def _say(
    request: SignedInRequest, kind: Owner, row: Model, form: CommentForm
) -> HttpResponse | None:
    """None where the form has to say what is wrong with it."""
    sent = form.cleaned_data
    since = timezone.now() - BACK_AND_AGAIN
    try:
        comment = add_comment(
            row, sent["text"], by=request.user, client_uuid=sent["client_uuid"], once_since=since
        )
    except ValidationError as refusal:
        form.take(refusal)
        return None
    except Settled as refusal:
        return conflict(request, str(refusal))
    told = [user for user in comment.mentions.all() if user != request.user]
    names = _(", ").join(str(user) for user in told)
    words = (
        _("Your comment is there, and %(names)s was told.") if told else _("Your comment is there.")
    )
    messages.success(request, words % {"names": names})
    return redirect(kind.page(row))


def _discussed(request: SignedInRequest, name: str) -> tuple[Owner, Any]:
    kind, row = owner_named(request, name)
    if kind.discussion is None:
        raise Http404
    return kind, row
