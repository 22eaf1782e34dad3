"""The parts of a control that stand on every list: its state, its last check, the next one."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.check_trend import percent
from registers.choices import ControlState, Effectiveness
from registers.effectiveness import exception_share
from registers.models import Control, ControlCheck, RiskControl
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import state

register = template.Library()

_RESULT_MARKS = {
    Effectiveness.EFFECTIVE: "done",
    Effectiveness.PARTLY: "wait",
    Effectiveness.INEFFECTIVE: "late",
    Effectiveness.NOT_TESTED: "none",
}
_STATE_MARKS = {
    ControlState.DRAFT: "draft",
    ControlState.ACTIVE: "run",
    ControlState.RETIRED: "stop",
}


@register.simple_tag
def control_state(control: Control) -> SafeString:
    return state(_STATE_MARKS[ControlState(control.state)], control.get_state_display())


@register.simple_tag
def control_link(control: Control) -> SafeString:
    """The name, leading to the page of the control."""
    language = control.name_language
    lang = format_html(' lang="{}"', language) if language else ""
    url = control.get_absolute_url()
    return format_html('<a class="rh-name" href="{}"{}>{}</a>', url, lang, control.name)


@register.simple_tag
def check_result(result: str | None) -> SafeString:
    """What a check found, as icon and word; words alone where there was none."""
    if not result:
        return format_html('<span class="rh-3">{}</span>', _("Never checked"))
    found = Effectiveness(result)
    return state(_RESULT_MARKS[found], str(found.label))


@register.simple_tag
def last_check(control: Control) -> SafeString:
    """Its result and its day; of `with_last_check()`."""
    told = check_result(control.last_result)  # type: ignore[attr-defined]
    done_on = control.last_done_on  # type: ignore[attr-defined]
    if done_on is None:
        return told
    return format_html(
        '<span class="rh-checked">{} <span class="rh-meta rh-nowrap">{}</span></span>',
        told, day(done_on),
    )  # fmt: skip


@register.simple_tag
def next_check(control: Control, today: date) -> str:
    """Its day; in red, and said, where it has passed."""
    if not control.is_in_use or control.next_check_on is None:
        return ""
    if control.next_check_on >= today:
        return day(control.next_check_on)
    words = _("overdue since %(day)s") % {"day": day(control.next_check_on)}
    return format_html('<span class="rh-alert">{}</span>', words)


@register.simple_tag
def check_due(control: Control, today: date) -> str:
    """How long there is, or how late it is, in days."""
    days = (control.next_check_on - today).days if control.next_check_on else 0
    if days < 0:
        words = ngettext("%(count)d day overdue", "%(count)d days overdue", -days)
        return words % {"count": -days}
    if not days:
        return _("due today")
    return _("due %(day)s") % {"day": day(control.next_check_on)}


@register.simple_tag
def exceptions_of(check: ControlCheck) -> SafeString:
    """3 of 20, 15 %, with its interval below."""
    return share_words(check.sample_size, check.exceptions)


@register.simple_tag
def share_words(sample: int, exceptions: int) -> SafeString:
    share = exception_share(sample, exceptions)
    if share is None:
        return format_html('<span class="rh-3">{}</span>', _("nothing sampled"))
    counted = _("%(exceptions)d of %(sample)d") % {"exceptions": exceptions, "sample": sample}
    between = _("%(low)s to %(high)s") % {"low": percent(share.low), "high": percent(share.high)}
    return format_html(
        '<span class="rh-num">{} <b class="rh-strong">{}</b></span> '
        '<span class="rh-meta rh-nowrap">{}</span>',
        counted, percent(share.value), between,
    )  # fmt: skip


@register.simple_tag
def effect_words(link: RiskControl) -> str:
    """Probability by 1 step; no step is said as well."""
    if not link.strength:
        return _("%(score)s, by no step") % {"score": link.get_acts_on_display()}
    words = ngettext("%(score)s by %(count)d step", "%(score)s by %(count)d steps", link.strength)
    return words % {"score": link.get_acts_on_display(), "count": link.strength}
