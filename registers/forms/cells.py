"""One cell of the list as a form."""

from typing import Any

from registers.columns import BY_KEY
from registers.forms.risks import RiskEditForm
from registers.models import Risk
from registers.querysets import owners_for
from riskhub.accounts.models import User
from riskhub.web.conflicts import VERSION_FIELD, remember_opened


def fields_of(key: str, risk: Risk) -> frozenset[str]:
    """What is edited in this column; of two titles the one that is read. Nothing where nothing is."""
    fields = BY_KEY[key].fields if key in BY_KEY else ()
    return frozenset(risk.name_field if name == "title" else name for name in fields)


class RiskFieldForm(RiskEditForm):
    """Of the form of a risk no more than the fields of one column."""

    def __init__(self, *args: Any, user: User, instance: Risk, key: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, user=user, instance=instance, auto_id="cell_%s", **kwargs)
        # The one name that is read there.
        self.fields["title_alt"].label = self.fields["title"].label
        kept = fields_of(key, instance) | {VERSION_FIELD}
        self.fields = {name: field for name, field in self.fields.items() if name in kept}
        if "owner" in kept:
            self._limit("owner", owners_for(user, [instance.owner_department]))
        remember_opened(self)
