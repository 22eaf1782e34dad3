"""Write a contingency plan, put what was written in force, retire it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import DrillEvery, DrillKind, VersionState
from assessments.contingency.lacks import too_long_for_a_page
from assessments.models import (
    ContingencyPlan,
    ContingencyStep,
    ContingencyTrigger,
    ContingencyVersion,
)
from assessments.services.drills import call_off_drill, draw_drill_nearer, schedule_first_drill
from registers.permissions import only_reads
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.services import take_numbers
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

FIRST_OWN = 101
"""The library has the numbers below."""
MOST_TRIGGERS, MOST_STEPS = 20, 40


class ContingencyIncomplete(ValidationError):  # noqa: N818 - reads as what it says
    """What is missing before it can be in force, a sentence each."""


@dataclass(frozen=True, kw_only=True)
class TriggerText:
    text_zh: str = ""
    text_en: str = ""
    indicator_code: str = ""


@dataclass(frozen=True, kw_only=True)
class StepText:
    minute: int
    text_zh: str = ""
    text_en: str = ""
    department: Department | None = None
    who: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ContingencyContent:
    """What a version says; steps in the order of their minutes."""

    responsible: User | None = None
    responsible_department: Department | None = None
    deputy: User | None = None
    deputy_department: Department | None = None
    contacts: str = ""
    drill_kind: str = DrillKind.TABLETOP
    scenario_zh: str = ""
    scenario_en: str = ""
    target_zh: str = ""
    target_en: str = ""
    target_minutes: int | None = None
    triggers: Sequence[TriggerText] = ()
    steps: Sequence[StepText] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of the version itself."""
        return {
            name: value for name, value in vars(self).items() if name not in {"triggers", "steps"}
        }


@dataclass(frozen=True, kw_only=True)
class ContingencyDraft:
    """A new plan with its first version. The same `client_uuid` sent again is the same plan."""

    name_zh: str
    owner_department: Department
    name_en: str = ""
    drill_months: int = DrillEvery.YEAR
    content: ContingencyContent = field(default_factory=ContingencyContent)
    library_code: str = ""
    number: int | None = None
    client_uuid: UUID | None = None


def create_contingency_plan(draft: ContingencyDraft, *, by: User | None) -> ContingencyPlan:
    """A draft with the next number of the company, or with its own of the library."""
    with acting(by, "contingency.created"):
        take_numbers("contingency", by=by, count=0)  # waits for whoever is making it right now
        if made := _made_before(draft):
            return made
        facts = {name: value for name, value in vars(draft).items() if name != "content"}
        if draft.number is None:
            facts["number"] = FIRST_OWN - 1 + take_numbers("contingency", by=by)[0]
        plan = ContingencyPlan(**facts)
        plan.clean_fields(exclude=["owner_department"])
        plan.save()
        version = ContingencyVersion(plan=plan, number=1, created_by=by)
        _write(version, draft.content)
        return plan


def edit_contingency_plan(
    plan: ContingencyPlan,
    content: ContingencyContent,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - columns of the plan
) -> ContingencyPlan:
    """Change the draft; of what is in force or retired, a new draft is made and that stays as it is.

    Names, department and interval of the drills (`fields`) belong to the plan: they hold at once, and a
    drill that would be too late for the interval is drawn nearer.
    Raises StaleVersion when somebody saved since `version` was read.
    """
    with acting(by, "contingency.edited"):
        stored = lock_version(plan, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.clean_fields(exclude=["owner_department"])
        last = stored.versions.order_by("-number").first()
        draft = stored.draft
        if draft is None:
            number = last.number + 1 if last else 1
            draft = ContingencyVersion(plan=stored, number=number, created_by=by)
        _write(draft, content)
        saved = save_fields(stored, **fields)
        draw_drill_nearer(saved, by=by)
        return saved


def put_in_force(plan: ContingencyPlan, *, by: User, version: int | None = None) -> ContingencyPlan:
    """The draft takes the place of the version that people act by; a first drill is scheduled.

    Raises ContingencyIncomplete with what is missing.
    """
    with acting(by, "contingency.put_in_force"):
        stored = lock_version(plan, version)
        draft = stored.draft
        if draft is None:
            raise ContingencyIncomplete(_("There is no draft. Edit the plan first."))
        if faults := missing_in(draft):
            raise ContingencyIncomplete(faults)
        if former := stored.in_force:
            move(former, VersionState.RETIRED)
        move(draft, VersionState.IN_FORCE, in_force_from=timezone.localdate())
        schedule_first_drill(stored, draft, by=by)
        return save_fields(stored)


def retire_contingency_plan(plan: ContingencyPlan, *, by: User, reason: str) -> ContingencyPlan:
    """Nobody acts by it any more; its drill is called off. Edited, it begins anew as a draft."""
    with acting(by, "contingency.retired", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why it is retired.")})
        stored = lock_row(plan)
        live = [one for one in (stored.in_force, stored.draft) if one]
        if not live:
            raise ContingencyIncomplete(_("This plan is retired already."))
        for one in live:
            move(one, VersionState.RETIRED, retired_reason=prose(reason))
        call_off_drill(stored, by=by, reason=prose(reason))
        return save_fields(stored)


def missing_in(version: ContingencyVersion) -> list[str]:
    """What it lacks to be in force, a sentence each; none where it is complete."""
    found = []
    if not version.triggers.exists():
        found.append(_("Say when it begins: at least one trigger."))
    if not (version.responsible_id or version.responsible_department_id):
        found.append(_("Name the person or the department that is responsible."))
    if not version.steps.exists():
        found.append(_("Say who does what: at least one step."))
    return [*found, *_named_wrongly(version).values(), *too_long_for_a_page(version)]


def share_card(plan: ContingencyPlan, *, by: User, is_public: bool) -> ContingencyPlan:
    """Whether its card opens without signing in. Each time it gets another address: old codes are dead."""
    with acting(by, "contingency.card_shared" if is_public else "contingency.card_closed"):
        stored = lock_row(plan)
        if stored.card_public == is_public:
            return stored
        return save_fields(stored, card_public=is_public, card_key=_new_key())


def _new_key() -> UUID:
    key: UUID = ContingencyPlan._meta.get_field("card_key").get_default()
    return key


def _write(version: ContingencyVersion, content: ContingencyContent) -> None:
    """All of what the version says is replaced."""
    for name, value in content.fields.items():
        setattr(version, name, value)
    version.clean_fields()
    if faults := _named_wrongly(version):
        raise ValidationError(faults)
    steps = sorted(content.steps, key=lambda step: step.minute)
    if len(steps) > MOST_STEPS or len(content.triggers) > MOST_TRIGGERS:
        words = _("At most %(triggers)d triggers and %(steps)d steps: a card has one page.")
        field = "steps" if len(steps) > MOST_STEPS else "triggers"
        raise ValidationError({field: words % {"triggers": MOST_TRIGGERS, "steps": MOST_STEPS}})
    version.save()
    for rows, texts in ((version.triggers, content.triggers), (version.steps, steps)):
        made = [
            rows.model(version=version, seq=seq, **vars(text))
            for seq, text in enumerate(texts, start=1)
        ]
        for one in made:
            _check_part(one)
        rows.all().delete()
        rows.bulk_create(made)  # type: ignore[arg-type]  # of the one model or the other


def _named_wrongly(version: ContingencyVersion) -> dict[str, str]:
    """{field: sentence} for who cannot lead in an emergency: an auditor reads, one person is not two."""
    people = {"responsible": version.responsible, "deputy": version.deputy}
    words = _("%(name)s only reads, as an auditor. Choose somebody who may act.")
    found = {
        field: words % {"name": person} for field, person in people.items()
        if person and only_reads(person)
    }  # fmt: skip
    if version.deputy and version.deputy == version.responsible:
        found["deputy"] = _("The deputy is somebody else than the responsible person.")
    return found


def _check_part(part: ContingencyTrigger | ContingencyStep) -> None:
    """In one of the two languages at least."""
    if not part.text_zh and not part.text_en:
        field = "steps" if isinstance(part, ContingencyStep) else "triggers"
        raise ValidationError({field: _("A trigger and a step each need a text.")})
    part.clean_fields()


def _made_before(draft: ContingencyDraft) -> ContingencyPlan | None:
    if draft.client_uuid is None:
        return None
    made = ContingencyPlan.objects.filter(client_uuid=draft.client_uuid).first()
    if made and (made.name_zh, made.owner_department_id) != (
        draft.name_zh,
        draft.owner_department.pk,
    ):
        raise KeyReused
    return made
