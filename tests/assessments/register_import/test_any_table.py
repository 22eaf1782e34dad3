"""Whatever the table: a plan with a place and a word for each row, never an exception."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.register_import.plan import describe
from tests.riskhub.imports.made_files import workbook

NAMES = st.sampled_from(
    ["Risk", "风险描述", "Likelihood", "Impact", "影响", "Residual L", "Residual I", "Severity", "Category",
     "Owner", "No.", "Status", "Total", "Description", "概率 (1-5)", "L", "E", "C", "Response", "Date", None]
)  # fmt: skip
VALUES = st.one_of(
    NAMES,
    st.none(),
    st.integers(-3, 12),
    st.floats(0, 1),
    st.booleans(),
    st.sampled_from(
        [
            "High",
            "低",
            "3 - possible",
            "40%",
            "n/a",
            "R-01",
            "锟斤拷",
            "=1/0",
            "#N/A",
            "x" * 400,
            "a\nb",
            "1.1",
        ]
    ),
    st.text(alphabet="风险ab1%,;\"'|\t", max_size=8),
    st.dates(),
)
TABLES = st.tuples(
    st.lists(st.lists(VALUES, max_size=8), max_size=4),
    st.lists(NAMES, max_size=8),
    st.lists(st.lists(VALUES, max_size=8), max_size=12),
)
OUTCOMES = {"create", "same", "error", "ignored"}


@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(TABLES)
def test_any_table(parts):
    above, header, below = parts
    plan = describe(workbook([*above, header, *below]), "a.xlsx")
    told = json.loads(json.dumps(plan.as_json()))
    assert (told["refused"] is None) == bool(told["rows"])
    for row in plan.rows:
        assert row.outcome in OUTCOMES
        assert row.message or row.outcome == "create"
        assert row.outcome != "create" or (row.title and row.event and row.fingerprint)
        assert (row.inherent is None) == (row.residual is None)
        assert row.inherent is None or set(row.inherent) <= {1, 2, 3, 4, 5}
        assert row.outcome == "create" or row.inherent is None
    if plan.refused is None:
        again = describe(workbook([*above, header, *below]), "a.xlsx", plan.mapping)
        assert [row.outcome for row in again.rows] == [row.outcome for row in plan.rows]
