from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registers.forms.library import AdoptForm
from registers.models import LibraryRisk, RiskArea, RiskOrigin
from registers.permissions import can_create_register, can_create_risk
from registers.services import adopt_risks
from riskhub.accounts.models import User
from riskhub.web.access import require, signed_in
from riskhub.web.filters import MOST_CHARACTERS
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

Adopted = dict[str, list[RiskOrigin]]
"""{library code: the risks made of it that the user sees}."""
Shelved = tuple[LibraryRisk, list[RiskOrigin]]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def library_list(request: SignedInRequest) -> HttpResponse:
    """The starter risks by area; ticked ones are adopted into a register, those it has are passed over."""
    may_adopt = can_create_risk(request.user)
    initial = {"register": request.GET.get("register")}
    form = AdoptForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST":
        require(may_adopt)
        if form.is_valid():
            return _adopt(request, form)
    text = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    entries = [e for e in LibraryRisk.objects.all() if text.lower() in e.words.lower()]
    context = {
        "areas": _by_area(entries, _adopted(request.user)),
        "count": len(entries),
        "q": text,
        "form": form,
        "chosen": form["entries"].value() or [],
        "may_adopt": may_adopt,
        "may_create": can_create_register(request.user),
    }
    return render_page(request, "registers/library_list.html", context)


def _adopt(request: SignedInRequest, form: AdoptForm) -> HttpResponse:
    entries, register = form.cleaned_data["entries"], form.cleaned_data["register"]
    made = adopt_risks(
        entries, by=request.user, register=register,
        with_controls=form.cleaned_data["with_controls"],
    )  # fmt: skip
    words = ngettext(
        "%(count)d risk adopted into %(register)s.",
        "%(count)d risks adopted into %(register)s.",
        len(made),
    )
    said = words % {"count": len(made), "register": register.name}
    if known := len(entries) - len(made):
        words = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        said += " " + words % {"count": known}
    messages.success(request, said)
    return redirect(f"{reverse('registers:risk_list')}?register={register.code}")


def _by_area(entries: Iterable[LibraryRisk], adopted: Adopted) -> list[tuple[str, list[Shelved]]]:
    """In the order of the taxonomy: what concerns people's safety comes first."""
    areas = {area.code: area for area in RiskArea.objects.all()}
    places = {code: place for place, code in enumerate(areas)}
    ordered = sorted(entries, key=lambda e: (places.get(e.area, len(places)), e.order))
    return [
        (
            areas[code].name if code in areas else code,
            [(entry, adopted.get(entry.code, [])) for entry in group],
        )
        for code, group in groupby(ordered, key=lambda entry: entry.area)
    ]


def _adopted(user: User) -> Adopted:
    found: Adopted = {}
    for origin in (
        RiskOrigin.objects.visible_to(user).from_library().select_related("risk__register")
    ):
        found.setdefault(origin.ref_id, []).append(origin)
    return found
