"""The company's own names of categories, areas, sources and service lines, as a file may call them."""

from collections.abc import Mapping
from typing import Any

from assessments.register_import.mapping import DEFAULTS
from assessments.register_import.values import value_key
from assessments.register_import.words import Words
from registers.models import RiskArea, RiskCategory, RiskSource, ServiceLine

_LISTS = {"category": RiskCategory, "area": RiskArea, "source": RiskSource, "line": ServiceLine}


def own_words() -> Words:
    """Of what is in use, in both languages and by its code; one query for each list."""
    own = {kind: _names(model) for kind, model in _LISTS.items()}
    sources = list(dict.fromkeys(own["source"].values()))
    usual = DEFAULTS["source"] or ""
    fallback = usual if usual in sources or not sources else sources[0]
    return Words(own, {"source": fallback})


def _names(model: Any) -> Mapping[str, str]:  # noqa: ANN401 - one of the lists
    """In the order of the list. Codes win over names, and of two terms with one name the first."""
    terms = list(model.objects.filter(is_active=True))
    found = {value_key(term.code): term.code for term in terms}
    for term in terms:
        for name in (term.name_zh, term.name_en):
            if name:
                found.setdefault(value_key(name), term.code)
    return found
