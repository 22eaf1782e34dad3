from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import ChangeRisk, ProcessChange
from riskhub.accounts.models import User
from riskhub.web.forms import Prose


class WaiveForm(forms.Form):
    change = forms.ChoiceField(
        label=_("For which change?"), widget=forms.RadioSelect,
        help_text=_("The others go on waiting until the risk is assessed or waived for them, too."),
    )  # fmt: skip
    reason = Prose(
        label=_("Why is no assessment needed?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who looked at what. It stands in the history of the risk."),
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - form arguments
        waiting: Sequence[ChangeRisk],
        user: User,
        **kwargs: Any,  # noqa: ANN401 - form arguments
    ) -> None:
        """Of several changes that wait for it one is chosen; of one's own another person decides."""
        super().__init__(*args, **kwargs)
        changes = [row.change for row in waiting]
        self.others = {one.code: one for one in changes if one.requested_by_id != user.pk}
        if len(changes) > 1:
            choices = [(code, str(one)) for code, one in self.others.items()]
            self.fields["change"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["change"]

    @property
    def chosen(self) -> ProcessChange | None:
        """None where there is nothing to choose."""
        return self.others.get(self.cleaned_data.get("change", ""))
