"""Attempts on contingency plans, drills and process changes."""

from assessments.models import (
    ContingencyVersion,
    Drill,
    ProcessChange,
)
from assessments.services import add_change_risk
from tests.assessments.changing import EARLY, bring, day, make_change
from tests.assessments.three_ways.world import Ways, settled
from tests.contingency import content, days, make_contingency


def put_in_force_without(missing):
    def attempt(world):
        said = content(world.risk.owner_department, **missing)
        plan = make_contingency(
            world.risk.owner_department, by=world.manager, in_force=False, said=said
        )

        def by_sql():
            ContingencyVersion.objects.update(state="in_force", in_force_from=days(0))
            settled()

        version = {"if_match": f'"{plan.row_version}"'}
        return Ways(
            (world.manager, "/contingency/CP-101/start/", {}),
            (world.manager, "contingency-plans/CP-101/start/", None, "post", version),
            by_sql,
        )

    return attempt


def failed_without_gap(world):
    make_contingency(world.risk.owner_department, by=world.manager)
    drill = Drill.objects.get()
    facts = {"held_on": days(0).isoformat(), "result": "fail", "attendance": 5}
    form = {
        "kind": "field", "gap-TOTAL_FORMS": 1, "gap-INITIAL_FORMS": 0, "target_took": "",
        "row_version": drill.row_version,
    }  # fmt: skip

    def by_sql():
        version = ContingencyVersion.objects.get()
        Drill.objects.update(
            state="held", result="fail", held_on=days(0), attendance=5, version=version,
            next_due_on=days(9),
        )  # fmt: skip
        settled()

    version = {"if_match": f'"{drill.row_version}"'}
    return Ways(
        (world.manager, f"/drills/{drill.pk}/record/", facts | form),
        (world.manager, f"drills/{drill.pk}/record/", facts, "post", version),
        by_sql,
    )


def live_too_early(world):
    change = make_change(world.risk.owner_department, by=world.manager)
    bring(change, "ready", by=world.manager)
    add_change_risk(change, world.risk, by=world.manager)
    change.refresh_from_db()
    body = {"effective_on": day(0).isoformat(), "early_reason": EARLY}
    version = {"if_match": f'"{change.row_version}"'}
    return Ways(
        (
            world.manager,
            "/changes/CH-001/implement/",
            body | {"row_version": change.row_version},
        ),
        (world.manager, "changes/CH-001/implement/", body, "post", version),
        lambda: ProcessChange.objects.update(state="implemented", effective_on=day(0)),
    )
