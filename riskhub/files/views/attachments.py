"""Files of the things that one sees: away with them, a small picture, one more, one less."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from riskhub.files.forms import AttachmentForm, RemovalForm
from riskhub.files.models import Attachment, StoredFile
from riskhub.files.owners import owner_for
from riskhub.files.services import attach_files, remove_attachment
from riskhub.files.store import FileDamaged
from riskhub.files.views.owner import owner_named
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
SANDBOX = "default-src 'none'; sandbox"


@require_safe
@signed_in
def attachment_download(request: SignedInRequest, uuid: UUID) -> HttpResponseBase:
    attachment = _seen(request, uuid)
    if attachment.is_erased:
        messages.info(request, _("The file was removed after its retention."))
        return redirect(_page_of(attachment))
    try:
        return _download(attachment.file)
    except FileDamaged:
        words = _("The stored file is damaged. Tell the administrator: a backup holds it.")
        messages.error(request, words)
        return redirect(_page_of(attachment))


@require_safe
@signed_in
def attachment_thumbnail(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    attachment = _seen(request, uuid)
    try:
        if attachment.thumbnail and not attachment.is_erased:
            return _download(attachment.thumbnail)
    except FileDamaged:
        pass
    raise Http404


@require_http_methods(PAGE_METHODS)
@signed_in
def attachment_add(request: SignedInRequest, owner: str) -> HttpResponseBase:
    """To `registers.risk-12`, a thing of that type with that key; what is sent twice is there once."""
    kind, row = owner_named(request, owner)
    require(kind.may_change(request.user, row))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachmentForm(*sent)
    if sent and form.is_valid():
        try:
            attach_files(row, form.cleaned_data["uploads"], by=request.user)
            return redirect(kind.page(row))
        except ValidationError as refusal:
            form.add_error("uploads", refusal)
    context = {"form": form, "owner": row, "back": kind.page(row)}
    return render_page(request, "files/attachment_add.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def attachment_remove(request: SignedInRequest, uuid: UUID) -> HttpResponseBase:
    attachment = _seen(request, uuid)
    kind, row = owner_named(request, attachment.owner)
    require(kind.may_change(request.user, row))
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_attachment(attachment, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s is out of view.") % {"name": attachment})
        return redirect(kind.page(row))
    context = {"form": form, "attachment": attachment, "back": kind.page(row)}
    return render_page(request, "files/attachment_remove.html", context)


def _seen(request: SignedInRequest, uuid: UUID) -> Attachment:
    rows = Attachment.objects.visible_to(request.user).select_related(
        "file", "thumbnail", "erasure"
    )
    return get_object_or_404(rows, uuid=uuid)


def _page_of(attachment: Attachment) -> str:
    owner = owner_for(attachment.owner_type)
    row = owner.model._base_manager.get(pk=attachment.owner_id) if owner else None
    return owner.page(row) if owner else "/"


def _download(file: StoredFile) -> HttpResponse:
    """Never shown in place of a page of ours, whatever it holds."""
    response = HttpResponse(file.read(), content_type=file.mime)
    response["Content-Disposition"] = content_disposition_header(True, file.filename) or ""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
