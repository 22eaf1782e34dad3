from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from riskhub.company.calendar import Quarter
from riskhub.reports.kinds import report_kind
from riskhub.reports.quarters import quarters_offered
from riskhub.reports.words import quarter_name
from riskhub.web.forms import Line


class ReportForm(forms.Form):
    """Which quarter, in which language; a reason only where a frozen report is corrected."""

    quarter = forms.ChoiceField(label=_("Quarter"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    revision_reason = Line(
        label=_("Reason of the revision"),
        required=False,
        max_length=500,
        help_text=_(
            "Leave it empty to get the report as it was frozen. With a reason the data are frozen "
            "anew as the next revision; the earlier one stays."
        ),
    )

    def __init__(self, *args: object, kind: str, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own arguments
        quarters = quarters_offered(now, zone, report_kind(kind).since())
        running = quarters[0]
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(each), self._name(each, running)) for each in quarters
        ]
        self.fields["quarter"].initial = str(quarters[:2][-1])
        self.fields["language"].initial = get_language()

    @staticmethod
    def _name(quarter: Quarter, running: Quarter) -> str:
        name = quarter_name(quarter)
        if quarter != running:
            return name
        return str(_("%(quarter)s, still running: marked as a draft") % {"quarter": name})
