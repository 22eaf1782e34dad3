from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.forms.registers import RegisterForm
from registers.models import Register, Risk
from registers.permissions import can_create_register, can_create_risk
from registers.services import create_register
from registers.tabs import ways_in
from riskhub.web.access import permitted, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def register_list(request: SignedInRequest) -> HttpResponse:
    """Each register with what the user sees in it: open risks, those above the line, those not rated."""
    visible = Register.objects.visible_to(request.user)
    registers = visible.select_related("department", "service_line").order_by("state", "code")
    counts = Risk.objects.visible_to(request.user).by_register()
    context = {
        "rows": [(register, counts.get(register.pk, {})) for register in registers],
        "may_create": can_create_register(request.user),
        "may_fill": can_create_risk(request.user),
        "ways_in": ways_in(request.user),
    }
    return render_page(request, "registers/register_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_create_register)
def register_create(request: SignedInRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        register = create_register(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is made.") % {"name": register.name})
        return redirect("registers:register_list")
    return render_page(request, "registers/register_create.html", {"form": form})
