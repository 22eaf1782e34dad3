"""The editor of a contingency plan: who, triggers, steps, drill."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.formsets import formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import DrillEvery, DrillKind
from assessments.forms.rows import MOST_ROWS, RowForm, Rows, is_reshaping, reshaped
from assessments.models import ContingencyPlan, ContingencyVersion
from assessments.models.contingency import MOST_MINUTES
from assessments.services import (
    ContingencyContent,
    ContingencyDraft,
    StepText,
    TriggerText,
)
from assessments.services.contingency import MOST_STEPS, MOST_TRIGGERS
from registers.permissions import KEEPERS
from registers.querysets import departments_of, people_of
from riskhub.accounts.models import Department, User
from riskhub.web.conflicts import (
    Conflict,
    Difference,
    conflict_between,
    opened_field,
    remember_opened,
)
from riskhub.web.forms import Line, Prose, ReadVersion

_LINES = {"rows": 2}
PLAN_FIELDS = ("name_zh", "name_en", "owner_department", "drill_months")
VERSION_FIELDS = (
    "responsible", "responsible_department", "deputy", "deputy_department", "contacts", "drill_kind",
    "scenario_zh", "scenario_en", "target_zh", "target_en", "target_minutes",
)  # fmt: skip
TRIGGER, STEP = "trigger", "step"
COLUMNS = {
    TRIGGER: ("text_zh", "text_en"),
    STEP: ("minute", "department", "who", "text_zh", "text_en", "phone"),
}


class ContingencyForm(forms.Form):
    name_zh = Line(label=_("Name in Chinese"), max_length=200)
    name_en = Line(label=_("Name in English"), max_length=200, required=False)
    owner_department = forms.ModelChoiceField(
        label=_("Department that keeps the plan"), queryset=Department.objects.none(),
        help_text=_("It looks after the text and the drills."),
    )  # fmt: skip
    responsible_department = forms.ModelChoiceField(
        label=_("Responsible department"), queryset=Department.objects.none(), required=False
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsible person"), queryset=User.objects.none(), required=False
    )
    deputy_department = forms.ModelChoiceField(
        label=_("Deputy department"), queryset=Department.objects.none(), required=False
    )
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=User.objects.none(), required=False)
    contacts = Prose(
        label=_("Contacts"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One to a line, with the number: Duty manager 138 0000 0000."),
    )  # fmt: skip
    drill_months = forms.TypedChoiceField(
        label=_("Drilled"), choices=DrillEvery.choices, coerce=int, widget=forms.RadioSelect,
        initial=DrillEvery.YEAR,
    )  # fmt: skip
    drill_kind = forms.ChoiceField(
        label=_("Kind of drill"), choices=DrillKind.choices, widget=forms.RadioSelect,
        initial=DrillKind.TABLETOP,
    )  # fmt: skip
    scenario_zh = Prose(
        label=_("Scenario in Chinese"), required=False, max_length=2000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    scenario_en = Prose(
        label=_("Scenario in English"), required=False, max_length=2000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    target_zh = Line(label=_("What is timed, in Chinese"), required=False, max_length=200)
    target_en = Line(label=_("What is timed, in English"), required=False, max_length=200)
    target_minutes = forms.IntegerField(
        label=_("Done within so many minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    row_version = ReadVersion()
    opened = opened_field()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        user: User,
        version: ContingencyVersion | None,
        plan: ContingencyPlan | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.active().order_by("path")
        self._offer("owner_department", departments_of(user, *KEEPERS), plan)
        for name in ("responsible_department", "deputy_department"):
            self._offer(name, departments, version)
        for name in ("responsible", "deputy"):
            self._offer(name, people_of(user), version)
        self.initial.setdefault("client_uuid", uuid4())
        remember_opened(self)

    def _offer(self, name: str, rows: Any, named: Any) -> None:  # noqa: ANN401 - querysets
        """What it names already may stay."""
        field: Any = self.fields[name]
        own = getattr(named, f"{name}_id", None)
        field.queryset = rows | rows.model._default_manager.filter(pk=own)


class TriggerRow(RowForm):
    counted = ("text_zh", "text_en")
    text_zh = Line(label=_("It begins when"), max_length=300, required=False)
    text_en = Line(label=_("The same in English"), max_length=300, required=False)


class StepRow(RowForm):
    counted = ("text_zh", "text_en", "minute")
    minute = forms.IntegerField(
        label=_("Minute"),
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
        widget=forms.NumberInput(attrs={"min": 0, "max": MOST_MINUTES, "inputmode": "numeric"}),
    )
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), required=False,
        empty_label=_("Staff on the spot"),
    )  # fmt: skip
    who = Line(label=_("or who else"), max_length=100, required=False)
    text_zh = Line(label=_("What to do"), max_length=300, required=False)
    text_en = Line(label=_("The same in English"), max_length=300, required=False)
    phone = Line(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = departments

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text_zh") and not data.get("text_en") and not self.errors:
            self.add_error("text_zh", _("Say what to do."))
        return data


_TRIGGERS = cast(
    "type[Rows]",
    formset_factory(TriggerRow, formset=Rows, max_num=MOST_TRIGGERS, absolute_max=MOST_ROWS),
)  # fmt: skip
_STEPS = cast(
    "type[Rows]",
    formset_factory(StepRow, formset=Rows, max_num=MOST_STEPS, absolute_max=MOST_ROWS),
)  # fmt: skip


class ContingencyEditor:
    """The form and its two tables; with `data` as sent, else as the plan is written now."""

    def __init__(
        self, data: QueryDict | None, *, user: User, plan: ContingencyPlan | None = None
    ) -> None:
        self.plan = plan
        version = (plan.draft or plan.shown) if plan else None
        self.is_judged = data is not None and not is_reshaping(data)
        if data is not None and not self.is_judged:
            data = reshaped(data, COLUMNS)
        self.data = data
        self.form = ContingencyForm(
            data, user=user, version=version, plan=plan, initial=_initial(plan, version)
        )
        departments = Department.objects.active().order_by("path")
        triggers, steps = _texts(version)
        self.triggers = _TRIGGERS(data, prefix=TRIGGER, initial=triggers)
        self.steps = _STEPS(
            data, prefix=STEP, initial=steps, form_kwargs={"departments": departments}
        )

    def is_valid(self) -> bool:
        """All are looked at, so that everything wrong is said at once."""
        right = [part.is_valid() for part in (self.form, self.triggers, self.steps)]
        return self.is_judged and all(right)

    @property
    def wrong(self) -> list[Any]:
        return [*self.triggers.wrong, *self.steps.wrong] if self.is_judged else []

    @property
    def plan_fields(self) -> dict[str, Any]:
        return {name: self.form.cleaned_data[name] for name in PLAN_FIELDS}

    @property
    def content(self) -> ContingencyContent:
        return ContingencyContent(
            **{name: self.form.cleaned_data[name] for name in VERSION_FIELDS},
            triggers=[TriggerText(**row) for row in self.triggers.filled],
            steps=[StepText(**row) for row in self.steps.filled],
        )

    def draft(self) -> ContingencyDraft:
        key = self.form.cleaned_data["client_uuid"]
        return ContingencyDraft(**self.plan_fields, content=self.content, client_uuid=key)

    def conflict_with(self, stored: ContingencyPlan) -> Conflict:
        """The same form over what is stored now; of the tables both texts are shown as they are."""
        version = stored.draft or stored.shown
        now = _initial(stored, version)
        names = (*PLAN_FIELDS, *VERSION_FIELDS)
        found = conflict_between(
            self.form, {name: now.get(name) for name in names}, stored.row_version
        )
        for label, table, rows in zip(
            (_("Triggers"), _("Steps")), (self.triggers, self.steps), _texts(version), strict=True
        ):
            kept, typed = _as_words(rows), _as_words(table.filled)
            if kept != typed:
                anchor = f"id_{table.prefix}-0-text_zh"
                found.differences.append(Difference(str(label), kept, typed, anchor))
        return found


def _initial(plan: ContingencyPlan | None, version: ContingencyVersion | None) -> dict[str, Any]:
    if plan is None:
        return {}
    found: dict[str, Any] = {"row_version": plan.row_version}
    for owner, names in ((plan, PLAN_FIELDS), (version, VERSION_FIELDS)):
        for name in names:
            value = getattr(owner, name, None)
            found[name] = getattr(value, "pk", value)
    return found


def _texts(
    version: ContingencyVersion | None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    if version is None:
        return [], []
    triggers = [{"text_zh": one.text_zh, "text_en": one.text_en} for one in version.triggers.all()]
    steps = [
        {name: getattr(one, name) for name in COLUMNS[STEP]}
        for one in version.steps.select_related("department")
    ]
    return triggers, steps


def _as_words(rows: list[dict[str, Any]]) -> str:
    return "\n".join(
        " ".join(str(row[name]) for name in row if row[name] not in (None, "")) for row in rows
    )
