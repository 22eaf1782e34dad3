from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registers.choices import ControlType
from registers.forms.control_library import AdoptControlsForm
from registers.models import Control, LibraryControl
from registers.permissions import can_create_control
from registers.services import adopt_controls
from registers.services.control_library import adopted_controls
from riskhub.web.access import require, signed_in
from riskhub.web.filters import MOST_CHARACTERS
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

Shelved = tuple[LibraryControl, Control | None]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def control_adopt(request: SignedInRequest) -> HttpResponse:
    """The starter controls by type; ticked ones are adopted, those that are there are passed over."""
    may_adopt = can_create_control(request.user)
    form = AdoptControlsForm(request.POST or None, user=request.user)
    if request.method == "POST":
        require(may_adopt)
        if form.is_valid():
            return _adopt(request, form)
    text = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    entries = [e for e in LibraryControl.objects.all() if text.lower() in e.words.lower()]
    adopted = adopted_controls(request.user, [entry.code for entry in entries])
    context = {
        "types": _by_type((entry, adopted.get(entry.code)) for entry in entries),
        "count": len(entries),
        "q": text,
        "form": form,
        "chosen": form["entries"].value() or [],
        "may_adopt": may_adopt,
    }
    return render_page(request, "registers/control_adopt.html", context)


def _adopt(request: SignedInRequest, form: AdoptControlsForm) -> HttpResponse:
    entries = form.cleaned_data["entries"]
    made = adopt_controls(
        entries, by=request.user, department=form.cleaned_data["department"],
        state=form.cleaned_data["state"],
    )  # fmt: skip
    words = ngettext("%(count)d control adopted.", "%(count)d controls adopted.", len(made))
    said = words % {"count": len(made)}
    if known := len(entries) - len(made):
        words = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        said += " " + words % {"count": known}
    messages.success(request, said)
    return redirect("registers:control_list")


def _by_type(shelved: Iterable[Shelved]) -> list[tuple[str, list[Shelved]]]:
    order = list(ControlType.values)
    ordered = sorted(shelved, key=lambda pair: (order.index(pair[0].type), pair[0].order))
    return [
        (str(ControlType(kind).label), list(group))
        for kind, group in groupby(ordered, key=lambda pair: pair[0].type)
    ]
