from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from incidents.services.retention import LEAST_DAYS, MOST_DAYS

_WORDS = {
    "contact_kept_days": (
        gettext_lazy("Contacts and photos of complaints, days"),
        gettext_lazy(
            "After the closing. Then name, phone, address and photos go; number, clocks, offers and "
            "what was said stay. The privacy notice names this time."
        ),
    ),
    "incident_files_kept_days": (
        gettext_lazy("Files of incidents, days"),
        gettext_lazy("After the closing. Empty: they are kept for good, as evidence."),
    ),
    "removed_files_kept_days": (
        gettext_lazy("Files that were taken out of view, days"),
        gettext_lazy("Until then the administrator can still get them back from the storage."),
    ),
}


class RetentionForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        for name, (label, hint) in _WORDS.items():
            self.fields[name] = forms.IntegerField(
                label=label, help_text=hint, min_value=LEAST_DAYS[name], max_value=MOST_DAYS,
                required=name != "incident_files_kept_days",
            )  # fmt: skip
