"""What the command bar finds of policies, clauses and suppliers, and for whom."""

import pytest
from django.utils.translation import override

from registers.models import ContractClause, InsurancePolicy, Supplier
from registers.services import TransferDraft, create_transfer, end_transfer
from tests.builders import make_policy
from tests.registers.test_hits import hits

pytestmark = pytest.mark.django_db

KINDS = {"policies": InsurancePolicy, "clauses": ContractClause, "suppliers": Supplier}


@pytest.fixture
def transfers(register, risk_manager):
    for kind, model in KINDS.items():
        draft = TransferDraft(code=f"X-{kind[0]}", name_zh="高空外包", name_en=f"Heights {kind}")
        create_transfer(model, draft, by=risk_manager)
        create_transfer(model, TransferDraft(code=f"Y-{kind}", name_zh="别的"), by=risk_manager)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["code", "高空", "HEIGHTS"])
def test_by_code_and_by_name_in_either_language(transfers, staff_cleaning, sign_in, kind, text):
    with override("en"):
        (hit,) = hits(staff_cleaning, f"x-{kind[0]}" if text == "code" else text, kind)
    assert (hit.code, hit.name, list(hit.meta)) == (f"X-{kind[0].upper()}", f"Heights {kind}", [])
    page = sign_in(staff_cleaning).get(hit.url)
    assert page.status_code == 200
    assert [one.code for one in page.context["page"]] == [hit.code]


def test_what_is_not_in_force_is_named_so_and_comes_last(register, risk_manager):
    ended = make_policy(by=risk_manager, code="P-1", name_en="Liability of old")
    make_policy(by=risk_manager, code="P-2")
    end_transfer(ended, by=risk_manager)
    with override("en"):
        found = hits(risk_manager, "liability", "policies")
    assert [hit.code for hit in found] == ["P-2", "P-1"]
    assert found[1].meta[0] == "not in force"
    assert found[0].meta[0].startswith("valid until ")


def test_who_sees_no_risk_finds_none(transfers, outsider):
    assert [hits(outsider, "高空", kind) for kind in KINDS] == [[], [], []]
