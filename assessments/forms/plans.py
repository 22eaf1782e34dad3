"""The editor of a plan, less its tables: the strategy with what it asks for, and where it leads."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.plan_rows import Quiet
from assessments.models import Band, ContingencyPlan, ProcessChange
from assessments.plans.content import LENGTHS, PlanContent, PlannedAction, PlannedResource
from assessments.plans.names import node_words
from assessments.plans.options import Offered
from assessments.plans.words import LABELS, RULES
from assessments.schemes.scales import Scales
from registers.choices import Strategy
from registers.models import ProcessNode
from riskhub.accounts.models import User
from riskhub.entry.days import PLANNED
from riskhub.web.conflicts import opened_field
from riskhub.web.forms import Day, DescribedLabel, Line, Prose, RadioCards, ReadVersion

_LINES = {"rows": 2}


if TYPE_CHECKING:
    Nodes = forms.ModelChoiceField[ProcessNode]
else:  # the class takes no argument when the program runs
    Nodes = forms.ModelChoiceField


class NodeChoice(Nodes):
    """A step of the service, by its process."""

    def label_from_instance(self, obj: ProcessNode) -> str:
        return node_words(obj)


class PlanForm(Quiet, forms.Form):
    strategy = forms.ChoiceField(
        label=LABELS["strategy"], choices=Strategy.choices, widget=RadioCards(columns=2)
    )
    avoid_node = NodeChoice(
        label=LABELS["avoid_node"], required=False, queryset=ProcessNode.objects.none()
    )
    change = forms.ModelChoiceField(
        label=LABELS["change"], required=False, queryset=ProcessChange.objects.none(),
        help_text=_("The change record by which it is given up or simplified."),
    )  # fmt: skip
    avoid_what = Line(label=LABELS["avoid_what"], required=False, max_length=LENGTHS["avoid_what"])
    transfers = forms.MultipleChoiceField(
        label=LABELS["transfers"], required=False, widget=forms.CheckboxSelectMultiple
    )
    transfer_share = forms.IntegerField(
        label=LABELS["transfer_share"], required=False, min_value=1, max_value=100,
        help_text=_("Of a loss, in per cent."),
    )  # fmt: skip
    transfer_stays = Prose(
        label=LABELS["transfer_stays"], required=False, max_length=LENGTHS["transfer_stays"],
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("The answer for people who are hurt is never passed on as a whole."),
    )  # fmt: skip
    transfer_to = Line(
        label=LABELS["transfer_to"], required=False, max_length=LENGTHS["transfer_to"]
    )
    transfer_by = Line(
        label=LABELS["transfer_by"], required=False, max_length=LENGTHS["transfer_by"]
    )
    accept_reason = Prose(
        label=LABELS["accept_reason"], required=False, max_length=LENGTHS["accept_reason"],
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    accept_until = Day(
        label=LABELS["accept_until"], required=False, span=PLANNED, widget=forms.DateInput,
        help_text=_("Within 12 months: then somebody looks at it again."),
    )  # fmt: skip
    objective = Prose(
        label=LABELS["objective"], required=False, max_length=LENGTHS["objective"],
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("What is different when the plan is done? One or two sentences."),
    )  # fmt: skip
    target_probability = forms.TypedChoiceField(
        label=_("Target probability"), required=False, coerce=int, empty_value=None
    )
    target_impact = forms.TypedChoiceField(
        label=_("Target impact"), required=False, coerce=int, empty_value=None
    )
    contingency = forms.ModelChoiceField(
        label=LABELS["contingency"], required=False, queryset=ContingencyPlan.objects.none(),
        help_text=_("What people do when it happens all the same. One that is in force."),
    )  # fmt: skip
    special_measures = Prose(
        label=LABELS["special_measures"], required=False, max_length=LENGTHS["special_measures"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is done at once, before the rest of the plan works."),
    )  # fmt: skip
    sponsor = forms.ModelChoiceField(
        label=LABELS["sponsor"], required=False, queryset=User.objects.none(),
        help_text=_("Who in management stands for these measures."),
    )  # fmt: skip
    row_version = ReadVersion()
    opened = opened_field()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        scales: Scales,
        offered: Offered,
        is_quiet: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_quiet = is_quiet
        self._offer(offered)
        strategy: Any = self.fields["strategy"]
        strategy.choices = [
            (value, DescribedLabel(str(label), str(RULES[value])))
            for value, label in Strategy.choices
        ]
        for axis, bands in (("probability", scales.probability), ("impact", scales.impact)):
            field: Any = self.fields[f"target_{axis}"]
            field.choices = _scores(
                bands, offered.residual.get(axis), self[f"target_{axis}"].initial
            )

    def _offer(self, offered: Offered) -> None:
        fields: dict[str, Any] = self.fields
        fields["sponsor"].queryset, fields["sponsor"].empty_label = (
            offered.sponsors,
            gettext("nobody"),
        )
        fields["avoid_node"].queryset = offered.nodes
        fields["change"].queryset = offered.changes
        fields["contingency"].queryset = offered.contingency
        fields["transfers"].choices = offered.transfers
        for name in ("avoid_node", "change", "contingency"):
            fields[name].empty_label = gettext("none")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ("target_probability", "target_impact")
        missing = [name for name in names if not data.get(name)]
        if len(missing) == 1 and self.errors.keys().isdisjoint(names):
            self.add_error(missing[0], _("A target has both scores, or none."))
        return data

    def content(
        self, actions: Sequence[PlannedAction], resources: Sequence[PlannedResource]
    ) -> PlanContent:
        """What is right so far. What belongs to another strategy is no part of the plan."""
        data = self.cleaned_data
        strategy = data.get("strategy", "")
        until: date | None = data.get("accept_until")

        def text(name: str, owner: str = strategy) -> str:
            return str(data.get(name, "")).strip() if strategy == owner else ""

        probability, impact = data.get("target_probability"), data.get("target_impact")
        is_transfer = strategy == Strategy.TRANSFER
        return PlanContent(
            strategy=strategy,
            objective=text("objective"),
            target=(probability, impact) if probability and impact else None,
            avoid_what=text("avoid_what", Strategy.AVOID),
            transfer_to=text("transfer_to", Strategy.TRANSFER),
            transfer_by=text("transfer_by", Strategy.TRANSFER),
            accept_reason=text("accept_reason", Strategy.ACCEPT),
            accept_until=until.isoformat() if until and strategy == Strategy.ACCEPT else "",
            avoid_node=_key(data.get("avoid_node")) if strategy == Strategy.AVOID else None,
            change=_key(data.get("change")) if strategy == Strategy.AVOID else None,
            transfers=tuple(data.get("transfers") or ()) if is_transfer else (),
            transfer_share=data.get("transfer_share") if is_transfer else None,
            transfer_stays=text("transfer_stays", Strategy.TRANSFER),
            contingency=_key(data.get("contingency")),
            special_measures=data.get("special_measures", ""),
            sponsor=_key(data.get("sponsor")),
            actions=tuple(actions),
            resources=tuple(resources),
        )

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong with the fields as they were typed, by the names of the rules."""
        found = self._errors or {}  # type: ignore[attr-defined]  # of the form; `errors` may be quiet
        targets = dict.fromkeys(("target_probability", "target_impact"), "target")
        return {targets.get(name, name): " ".join(words) for name, words in found.items()}

    def take_faults(self, faults: Mapping[str, str]) -> None:
        """Each sentence beside its field, unless that is at fault already; those of the actions on top."""
        for name, sentence in faults.items():
            field = "target_probability" if name == "target" else name
            if field in self.errors:
                continue
            self.add_error(field if field in self.fields else None, sentence)


def _key(row: Model | None) -> int | None:
    return row.pk if row else None


def _scores(bands: Sequence[Band], residual: int | None, kept: int | None) -> list[tuple[Any, str]]:
    """None above the present score, less one that the plan names already."""
    reachable = [b for b in bands if residual is None or b.score <= residual or b.score == kept]
    return [("", gettext("none")), *((b.score, f"{b.score} {b.name}") for b in reachable)]
