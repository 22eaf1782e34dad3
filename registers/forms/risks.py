from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from registers.choices import Controllability, Velocity
from registers.models import Register, Risk, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.permissions import editable_fields, owner_objection
from registers.querysets import departments_of, owners_for
from registers.services import RiskDraft
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.entry.repeats import KeyReused
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import DescribedLabel, Prose, RadioCards

if TYPE_CHECKING:
    RiskModelForm = forms.ModelForm[Risk]
    _Choice = forms.ModelChoiceField[RiskCategory]
else:  # neither class takes an argument when the program runs
    RiskModelForm = forms.ModelForm
    _Choice = forms.ModelChoiceField

_LINES = {"rows": 2}
_PILLS = forms.CheckboxSelectMultiple
_LISTS = {
    "area": RiskArea, "primary_source": RiskSource, "sources": RiskSource,
    "service_lines": ServiceLine,
}  # fmt: skip


class CategoryField(_Choice):
    """The three categories as cards, each with the sentence that tells it from the others."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - Django's signature
        return DescribedLabel(obj.name, obj.help)


class RiskForm(RiskModelForm):
    """What a risk says of itself. Its level is never typed: an assessment gives it."""

    groups: tuple[tuple[StrPromise | str, tuple[str, ...]], ...] = (
        ("", ("register", "title", "event", "cause", "consequence")),
        (_("Place in the register"), ("category", "area", "primary_source", "owner_department", "owner")),
    )  # fmt: skip
    more: tuple[str, ...] = (
        "service_lines", "business_importance", "importance_reason", "velocity", "controllability",
        "next_review_on", "sources", "title_alt", "lang",
    )  # fmt: skip

    category = CategoryField(
        label=_("Category"), queryset=RiskCategory.objects.filter(is_active=True),
        widget=RadioCards(columns=3), empty_label=None,
    )  # fmt: skip
    velocity = forms.ChoiceField(
        label=_("How fast the harm arrives"), choices=Velocity.choices, initial=Velocity.DAYS
    )
    controllability = forms.ChoiceField(
        label=_("Controllability"), choices=Controllability.choices, initial=Controllability.OWN
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    business_importance = forms.TypedChoiceField(
        label=_("Business importance"), required=False, coerce=int, empty_value=None,
        choices=[("", _("as its service lines")), *((n, str(n)) for n in range(5, 0, -1))],
    )  # fmt: skip

    class Meta:
        model = Risk
        fields: tuple[str, ...] = (
            "register", "title", "event", "cause", "consequence", "category", "area",
            "primary_source", "owner_department", "owner", "service_lines", "business_importance",
            "importance_reason", "velocity", "controllability", "next_review_on", "sources",
            "title_alt", "lang",
        )  # fmt: skip
        widgets = {
            "event": forms.Textarea(attrs=_LINES),
            "cause": forms.Textarea(attrs=_LINES),
            "consequence": forms.Textarea(attrs=_LINES),
            "service_lines": _PILLS,
            "sources": _PILLS,
        }
        labels = {
            "sources": _("Further sources"),
            "importance_reason": _("Why this importance"),
            "title_alt": _("Name in the other language"),
        }
        help_texts = {
            "title": _("Best under 20 words, so that everybody knows which risk is meant."),
            "event": _("Because of a cause, this may happen, and it leads to a consequence."),
            "importance_reason": _("Needed where it differs from its service lines."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.user = user
        self._limit("register", Register.objects.kept_by(user).order_by("code"))
        departments = departments_of(user, Role.RISK_MANAGER)
        self._limit("owner_department", departments)
        self._limit("owner", owners_for(user, self._owning(departments)))
        for name, model in _LISTS.items():
            self._limit(name, model._default_manager.filter(is_active=True))
        if "sources" in self.fields:
            self.fields["sources"].required = False
        self.initial.setdefault("lang", get_language())
        self.initial.setdefault("client_uuid", uuid4())
        register: Any = self.fields.get("register")
        if register and not self.initial.get("register") and len(register.queryset) == 1:
            self.initial["register"] = register.queryset[0].pk

    def _limit(self, name: str, rows: Any) -> None:  # noqa: ANN401 - any queryset
        """Only what the user sees can be named; what the risk has already may stay."""
        field: Any = self.fields.get(name)
        if field is None:
            return
        own = getattr(self.instance, name) if self.instance.pk else None
        if own and isinstance(field, forms.ModelMultipleChoiceField):
            kept = Q(pk__in=own.values("pk"))
            field.queryset = rows.model._default_manager.filter(Q(pk__in=rows.values("pk")) | kept)
            return
        field.queryset = rows | (
            rows.model._default_manager.filter(pk=own.pk) if own else rows.none()
        )

    def _owning(self, departments: Iterable[Department]) -> list[Department]:
        """The departments to which the risk may belong after this form."""
        own = [self.instance.owner_department] if self.instance.pk else []
        return [*departments, *own] if "owner_department" in self.fields else own

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owner, department = (
            data.get(name) or getattr(self.instance, name, None)
            for name in ("owner", "owner_department")
        )
        is_new = "owner" in self.changed_data or "owner_department" in self.changed_data
        if is_new and department and (objection := owner_objection(owner, department)):
            self.add_error("owner" if "owner" in self.fields else None, objection)
        return data

    def shown_groups(self) -> Iterator[tuple[StrPromise | str, list[BoundField]]]:
        for legend, names in self.groups:
            if fields := self._bound(names):
                yield legend, fields

    def shown_more(self) -> list[BoundField]:
        return self._bound(self.more)

    def more_is_open(self) -> bool:
        """Errors and filled fields are not folded away."""
        return any(field.errors for field in self.shown_more())

    def _bound(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    def draft(self) -> RiskDraft:
        return RiskDraft(**self.cleaned_data)

    def take(self, error: ValidationError) -> None:
        """The rule's refusal, at its field where the form has that field."""
        take_errors(self, error)


class RiskEditForm(Changing, RiskForm):
    """Only the fields that this user may change on this risk; anything else posted is not read."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, instance: Risk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, user=user, instance=instance, **kwargs)
        self.initial["row_version"] = instance.row_version
        allowed = editable_fields(user, instance) | {"row_version"}
        self.fields = {name: f for name, f in self.fields.items() if name in allowed}
        if "business_importance" in self.fields:
            self.fields["business_importance"].required = True
        remember_opened(self)


class ReasonForm(forms.Form):
    """Closing and reopening: one sentence that stays in the history."""

    reason = Prose(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """The refusal at its fields; what cannot be sent again as it was gets a key of its own."""
    if isinstance(error, KeyReused):
        data: Any = form.data
        form.data = data.copy()
        form.data["client_uuid"] = str(uuid4())  # type: ignore[index]  # a QueryDict
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
