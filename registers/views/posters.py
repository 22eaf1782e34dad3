"""A sheet for the wall: its code opens the form for filing, with the department filled in."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from registers.codes import code_drawing
from registers.permissions import POSTERS, can_print_poster
from registers.querysets import departments_of
from riskhub.accounts.models import Department
from riskhub.web.access import permitted
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

_LOCAL = {"localhost", "127.0.0.1", "::1"}


@require_safe
@permitted(can_print_poster)
def poster_list(request: SignedInRequest) -> HttpResponse:
    departments = departments_of(request.user, *POSTERS)
    return render_page(request, "registers/poster_list.html", {"departments": departments})


@require_safe
@permitted(can_print_poster)
def poster_detail(request: SignedInRequest, code: str) -> HttpResponse:
    department = get_object_or_404(departments_of(request.user, *POSTERS), code=code)
    address = _address(request, department)
    context = {
        "department": department, "address": address, "drawing": code_drawing(address),
        "is_local": urlsplit(address).hostname in _LOCAL,
    }  # fmt: skip
    return render_page(request, "registers/poster_detail.html", context)


def _address(request: SignedInRequest, department: Department) -> str:
    query = urlencode({"department": department.code})
    return request.build_absolute_uri(f"{reverse('registers:proposal_create')}?{query}")
