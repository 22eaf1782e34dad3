"""What the list, its counts and the heat map are answered from without reading rows."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from registers.choices import OPEN_STATES

RISK_INDEXES = [
    # Behind the order stands all that the list filters and groups by: a far page is found without
    # touching the rows before it, and what is not in the index of the tally is counted here.
    models.Index(
        fields=["rank_key"],
        include=[
            "id",
            "state",
            "residual_level",
            "plan_state",
            "plan_strategy",
            "next_review_on",
            "owner",
            "owner_department",
            "register",
            "category",
            "area",
            "primary_source",
            "business_importance",
            "controllability",
        ],
        name="risk_rank_open",
        condition=Q(state__in=OPEN_STATES),
    ),
    # Holds all that the list counts (see RiskQuerySet.tally), so that no row is read for it. What a
    # head of department sees lies together.
    models.Index(
        fields=[
            "owner_department",
            "residual_level",
            "plan_state",
            "owner",
            "next_review_on",
            "register",
            "category",
            "area",
        ],
        name="risk_tally_open",
        condition=Q(state__in=OPEN_STATES),
    ),
    models.Index(fields=["owner_department", "rank_key"], name="risk_department_rank"),
    models.Index(fields=["register", "rank_key"], name="risk_register_rank"),
    # The heat map counts by these alone, in a department or register too: no row is read.
    *(
        models.Index(
            fields=[
                f"{kind}_probability",
                f"{kind}_impact",
                "owner_department",
                "register",
            ],
            name=f"risk_{kind}_cell",
            condition=Q(state__in=OPEN_STATES),
        )
        for kind in ("inherent", "residual", "target")
    ),
    # The risks of one cell in their order, without walking the whole order to find them.
    models.Index(
        fields=["residual_probability", "residual_impact", "rank_key"],
        name="risk_cell_rank",
        condition=Q(state__in=OPEN_STATES),
    ),
    # At once, not by way of a list that every search has to read through.
    GinIndex(fields=["search"], name="risk_search", fastupdate=False),
]
