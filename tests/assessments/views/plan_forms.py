"""What the editor of a plan sends."""

from tests.assessments.services.test_plans import tomorrow


def sent(*rows, **fields):
    """`rows` are (title, owner) or (title, owner, key); fields of the plan beside them."""
    data = {
        "strategy": "mitigate", "objective": "降到中", "target_probability": "", "target_impact": "",
        "avoid_what": "", "transfer_to": "", "transfer_by": "", "accept_reason": "",
        "accept_until": "", "row_version": "", "action-TOTAL_FORMS": len(rows) + 1,
        "action-INITIAL_FORMS": 0, "resource-TOTAL_FORMS": 1, "resource-INITIAL_FORMS": 0,
        "special_measures": "", "sponsor": "", "avoid_node": "", "change": "", "contingency": "",
        "transfer_share": "", "transfer_stays": "",
    }  # fmt: skip
    for number, (title, owner, *key) in enumerate([*rows, ("", None)]):
        data[f"action-{number}-key"] = key[0] if key else ""
        data[f"action-{number}-title"] = title
        data[f"action-{number}-owner"] = owner.pk if owner else ""
        data[f"action-{number}-due_on"] = tomorrow() if title else ""
    return data | fields
