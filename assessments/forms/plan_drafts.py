"""What stands in the editor of a plan, and how it comes back."""

import re
from collections.abc import Mapping, Sequence

from django.http import QueryDict

from assessments.forms.plans import PlanForm
from assessments.forms.rows import MOST_ROWS, sent_rows

_OF_TABLES = re.compile(r"(action|resource)-(\d{1,3}-[a-z_]{1,20}|(TOTAL|INITIAL)_FORMS)")


def typed_in(data: QueryDict) -> dict[str, list[str]]:
    """The fields of the editor as sent, half rows and all, with what it opened with."""
    return {
        name: values
        for name, values in data.lists()
        if name in PlanForm.base_fields or _OF_TABLES.fullmatch(name)
    }


def as_sent(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """As if it came from the page, with no more rows than a page has."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
        if name.endswith("-TOTAL_FORMS"):
            data[name] = str(min(sent_rows(data, name.removesuffix("-TOTAL_FORMS")), MOST_ROWS))
    return data


def draft_version_in(data: QueryDict) -> int:
    """Of the draft that the editor shows; 0 where it shows none."""
    sent = data.get("draft_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0  # noqa: PLR2004 - what an integer column holds
