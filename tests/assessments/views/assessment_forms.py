"""What the form of an assessment sends."""

from uuid import uuid4

URL = "/risks/R001/assess/"


def answers(**fields):
    """What the form sends for inherent (3,3), residual (2,3): Medium."""
    return {
        "inherent_probability": 3, "inherent_impact": 3, "residual_probability": 2,
        "residual_impact": 3, "target_probability": "", "target_impact": "",
        "rationale": "三起同类事件", "confidence": "medium", "entry": "five",
        "client_uuid": str(uuid4()),
    } | fields  # fmt: skip


def scores(*four):
    names = ("inherent_probability", "inherent_impact", "residual_probability", "residual_impact")
    return dict(zip(names, four, strict=True))


def half(**fields):
    """Half a thought: no inherent impact, no reasons yet."""
    return {
        "inherent_probability": "4", "residual_probability": "5", "rationale": "写到一半",
        "entry": "five", "row_version": "0", "client_uuid": str(uuid4()),
    } | fields  # fmt: skip
