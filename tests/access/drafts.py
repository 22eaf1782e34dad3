"""What people have begun to write for a risk, and only they see."""

from assessments.services import save_assessment_draft, save_plan_draft


def drafted(world, risk):
    """Everybody who may judge it has begun to."""
    for role in ("manager", "ops_manager", "head"):
        save_assessment_draft(risk, by=world.people[role], typed={"rationale": "一半"}, version=0)
    return risk


def begun_plan(world, risk):
    """Everybody who may write its plan has begun to."""
    for role in ("manager", "ops_manager", "head", "staff"):
        typed = {"objective": ["一半"]}
        save_plan_draft(risk, by=world.people[role], typed=typed, version=0)
    return risk
