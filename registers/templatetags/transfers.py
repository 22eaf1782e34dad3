"""Until when a policy, a clause or a supplier holds, in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.choices import TransferState
from registers.models.transfers import Transfer
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import state

register = template.Library()


@register.simple_tag
def transfer_state(transfer: Transfer) -> SafeString:
    """In force, about to expire (60, 30, 7 days), expired, or ended."""
    left = transfer.days_left
    if transfer.state == TransferState.ENDED:
        return state("stop", transfer.get_state_display())
    if left is not None and left < 0:
        words = ngettext("expired %(count)d day ago", "expired %(count)d days ago", -left)
        return state("late", words % {"count": -left})
    if left is not None and (within := transfer.ends_within) is not None:
        words = _("expires today")
        if left:
            words = ngettext("expires in %(count)d day", "expires in %(count)d days", left)
            words %= {"count": left}
        return format_html(
            '{} <span class="rh-meta rh-nowrap">{}</span>',
            state("wait", words),
            _("within %(count)d days") % {"count": within},
        )
    return state("run", _("in force"))


@register.simple_tag
def transfer_until(transfer: Transfer) -> str:
    return day(transfer.valid_until) if transfer.valid_until else _("without an end")
