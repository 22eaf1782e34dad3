"""The orders in which a list of risks can stand; each ends in something that no two risks share."""

from typing import Any

from django.db.models import F

_NO_DATE_LAST = {"nulls_last": True}
ORDERS: dict[str, tuple[Any, ...]] = {
    "rank": ("rank_key",),
    "-rank": ("-rank_key",),
    "code": ("number",),
    "-code": ("-number",),
    "name": ("title", "number"),
    "-name": ("-title", "-number"),
    "level": (F("residual_level").asc(**_NO_DATE_LAST), "rank_key"),
    "-level": ("rank_key",),
    "department": ("owner_department", "rank_key"),
    "-department": ("-owner_department", "rank_key"),
    "review": (F("next_review_on").asc(**_NO_DATE_LAST), "rank_key"),
    "-review": (F("next_review_on").desc(**_NO_DATE_LAST), "rank_key"),
}
