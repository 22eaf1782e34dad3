"""Who is on duty and what may be offered without asking, in words."""

from django.utils.translation import gettext as _

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.preferences import preferences


def duty_told() -> list[tuple[str, str]]:
    kept = preferences("duty_manager", "duty_phone", "offer_authority", "offer_answer_days")
    manager = User.objects.active().filter(pk=kept["duty_manager"]).first()
    upto = _("up to CNY %(amount)s")
    limits = [
        (_("Offers by: %(role)s") % {"role": Role(role).label}, upto % {"amount": f"{amount:,}"})
        for role, amount in kept["offer_authority"].items()
    ]
    return [
        (_("Manager on duty"), str(manager or _("nobody: risk managers and heads of departments"))),
        (_("Telephone on duty"), kept["duty_phone"] or _("none")),
        *limits,
        (_("Days to answer an offer"), str(kept["offer_answer_days"])),
    ]
