"""The editor of a contingency plan as a browser sends it."""


def typed(
    department, *, triggers=("有人受伤",), steps=((0, "拨打120"), (30, "派人到场")), **fields
):
    values = {
        "name_zh": "停电预案", "owner_department": department.pk, "drill_months": "6",
        "drill_kind": "field", "responsible_department": department.pk,
        "trigger-TOTAL_FORMS": len(triggers), "trigger-INITIAL_FORMS": 0,
        "step-TOTAL_FORMS": len(steps), "step-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, text in enumerate(triggers):
        values[f"trigger-{place}-text_zh"] = text
    for place, (minute, text) in enumerate(steps):
        values |= {f"step-{place}-minute": minute, f"step-{place}-text_zh": text}
    return values | fields
