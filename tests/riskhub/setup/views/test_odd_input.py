"""Whatever is typed into a step, the answer is a next page or a sentence, never a broken page."""

import pytest

from registers.models import LibraryRisk
from riskhub.setup.first_key import first_path

ODD = [
    "", "s v/c 中", "x" * 5000, "9" * 30, "-1", "\u0301", "🦄" * 60, "甲,admin", f"{'长' * 120},b", "\x00",
]  # fmt: skip
GOOD = {
    "company": {"company_name_zh": "安心到家", "more": "花园部"},
    "people": {"people": "王芳，wang.fang"},
    "scope": {"lines": ["1"], "orders": "1200", "revenue": "3000000"},
    "matrix": {"preset": "balanced"},
    "library": {"code": "SVC", "name_zh": "服务风险", "department": "1", "entries": []},
}
FIELDS = {
    "company": ["company_name_zh", "company_name_en", "kept", "more"],
    "people": ["people"],
    "scope": ["lines", "orders", "revenue"],
    "matrix": ["preset"],
    "library": ["code", "name_zh", "department", "register", "entries"],
}


@pytest.mark.parametrize(
    ("step", "field"), [(step, field) for step, fields in FIELDS.items() for field in fields]
)
def test_odd_things_are_taken_or_refused_in_words(as_founder, step, field):
    good = GOOD[step] | {"entries": [LibraryRisk.objects.first().code]}
    for value in ODD:
        response = as_founder.post(f"/setup/{step}/", good | {field: value})
        assert response.status_code in {302, 422}, (step, field, value)


def test_so_are_they_where_the_first_account_is_made(client):
    """Something else is wrong, too: nobody is made meanwhile."""
    for field in ("display_name", "username", "password"):
        for value in ODD:
            sent = {"display_name": "李娜", "username": "li na", "password": "1"}
            response = client.post(first_path(), sent | {field: value})
            assert response.status_code == 422, (field, value)
