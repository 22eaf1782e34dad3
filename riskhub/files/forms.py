"""Fields that take files: checked when the form is, and kept when the form is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from riskhub.files.checking import (
    LONGEST_SIDE,
    UploadRefused,
    check_document,
    check_photo,
    check_size,
)
from riskhub.files.choices import AttachmentKind
from riskhub.files.file_types import PICTURES, TYPES, extensions_of
from riskhub.files.keeping import KeptFile, keep_file, kept_file
from riskhub.web.forms import Prose

# Beyond that nothing is opened: looking at pictures costs time.
MOST_LOOKED_AT = 20
MOST_CHARACTERS = 2000
"""Of a comment."""
_KEPT = "_kept"


@dataclass(frozen=True)
class Sent:
    """What a form brings: new files, and words for those that it had brought before."""

    uploads: tuple["UploadedFile[bytes]", ...] = ()
    tokens: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.uploads or self.tokens)


class FilesWidget(forms.Widget):
    """Two ways in for photos (camera, album), one for documents; ticks for what is there already."""

    template_name = "django/forms/widgets/files.html"
    needs_multipart_form = True
    use_fieldset = True

    def __init__(self, kind: AttachmentKind, most: int) -> None:
        super().__init__()
        self.kind, self.most = kind, most
        self.kept: list[KeptFile] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        is_photos = self.kind == AttachmentKind.PHOTO
        accepted = (TYPES[name].mime for name in PICTURES) if is_photos else extensions_of()
        return super().get_context(name, value, attrs) | {
            "accept": ",".join(accepted),
            "is_photos": is_photos,
            "most": self.most,
            "longest": LONGEST_SIDE[self.kind],
            "kept": self.kept,
            "kept_name": name + _KEPT,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:  # noqa: ANN401 - Django's signature
        return Sent(tuple(_all(files, name)), tuple(_all(data, name + _KEPT)))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ANN401 - Django's signature
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class FilesField(forms.Field):
    """Comes out as a list of KeptFile, each once, in the order in which they were chosen."""

    default_error_messages = {"required": gettext_lazy("Choose a file.")}

    def __init__(self, *, kind: AttachmentKind, most: int, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.kind, self.most = kind, most
        super().__init__(widget=FilesWidget(kind, most), **kwargs)

    def clean(self, value: Any) -> list[KeptFile]:  # noqa: ANN401 - Django's signature
        sent = value or Sent()
        faults: list[str] = []
        found = {one.received_sha256: one for one in self._found(sent, faults)}
        kept = [self._named(one, place) for place, one in enumerate(found.values(), 1)]
        self.widget.kept = kept
        if len(kept) > self.most:
            faults.append(_too_many(len(kept), self.most))
        if faults:
            raise ValidationError(faults)
        if self.required and not kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return kept

    def _found(self, sent: Sent, faults: list[str]) -> Iterator[KeptFile]:
        if len(sent.uploads) + len(sent.tokens) > MOST_LOOKED_AT:
            faults.append(_too_many(len(sent.uploads) + len(sent.tokens), self.most))
            return
        for token in sent.tokens:
            if known := kept_file(token):
                yield known
            else:
                faults.append(_("A file that was chosen before is gone. Choose it again."))
        for upload in sent.uploads:
            try:
                yield self._keep(upload)
            except UploadRefused as refusal:
                faults += refusal.messages

    def _keep(self, upload: "UploadedFile[bytes]") -> KeptFile:
        name = upload.name or ""
        check_size(name, upload.size or 0, self.kind)
        check = check_photo if self.kind == AttachmentKind.PHOTO else check_document
        return keep_file(check(name, upload.read()))

    def _named(self, one: KeptFile, place: int) -> KeptFile:
        """A photo loses the name that the phone gave it: it may say whose it is."""
        if self.kind != AttachmentKind.PHOTO:
            return one
        extension = one.filename.rpartition(".")[2]
        return replace(one, filename=f"photo-{place}.{extension}")


class AttachmentForm(forms.Form):
    uploads = FilesField(kind=AttachmentKind.DOCUMENT, most=10, label=gettext_lazy("Files"))


class CommentForm(forms.Form):
    """The box under what was said; each form that is shown has a key of its own."""

    text = Prose(
        label=gettext_lazy("Comment"), max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("@ and a name tells that person. Ctrl-Enter sends it."),
    )  # fmt: skip
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **{"auto_id": "comment_%s"} | kwargs)

    def take(self, refusal: ValidationError) -> None:
        self.add_error(None, refusal)


class RemovalForm(forms.Form):
    reason = Prose(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Nobody sees the file any more. The audit log keeps that it was here."),
    )  # fmt: skip


def _all(source: Any, name: str) -> Iterable[Any]:  # noqa: ANN401 - a MultiValueDict, or a plain one
    if isinstance(source, MultiValueDict):
        return source.getlist(name)
    value = source.get(name)
    return value if isinstance(value, list | tuple) else [value] if value else []


def _too_many(count: int, most: int) -> str:
    sentence = ngettext(
        "%(count)d are chosen, at most %(most)d can be sent. Untick one.",
        "%(count)d are chosen, at most %(most)d can be sent. Untick the others.",
        count - most,
    )
    return sentence % {"count": count, "most": most}
