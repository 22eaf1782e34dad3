from uuid import uuid4

import pytest

from registers.models import RiskProposal
from riskhub.notices.models import Notice
from tests.registers.audit import Trail

URL = "/m/new"


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


@pytest.fixture
def values(clean):
    return {"text": "厨房地面有油", "department": clean.pk, "client_uuid": str(uuid4())}


def test_one_box_a_number_and_a_receipt(staff, values, risk_manager, staff_cleaning, clean):
    trail = Trail()
    response = staff.post(URL, values)
    proposal = RiskProposal.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/m/filed/{proposal.pk}")
    assert (proposal.text, proposal.submitter, proposal.department, proposal.state) == (
        "厨房地面有油",
        staff_cleaning,
        clean,
        "submitted",
    )
    assert trail.only("registers_riskproposal").action == "proposal.filed"
    assert Notice.objects.get().user == risk_manager


def test_the_same_page_sent_three_times_gives_the_same_number(staff, values, risk_manager):
    answers = {staff.post(URL, values)["Location"] for _ in range(3)}
    assert len(answers) == 1
    assert (RiskProposal.objects.count(), Notice.objects.count()) == (1, 1)


def test_each_page_brings_a_key_of_its_own(staff):
    keys = {staff.get(URL).context["form"].initial["client_uuid"] for _ in range(2)}
    assert len(keys) == 2


def test_a_refused_form_keeps_its_key_and_text(staff, values):
    response = staff.post(URL, values | {"department": "0"})
    assert response.status_code == 422
    body = response.content.decode()
    assert values["client_uuid"] in body
    assert "厨房地面有油" in body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "   "),
        ("text", "x" * 2001),
        ("client_uuid", ""),
        ("client_uuid", "1"),
    ],
)
def test_what_is_refused(staff, values, field, value):
    response = staff.post(URL, values | {field: value})
    assert response.status_code == 422
    assert not RiskProposal.objects.exists()


def test_the_refused_form_comes_back_alone(staff, values, part):
    response = part(staff, URL, "filing", values | {"text": ""})
    assert response.status_code == 422
    assert response.content.decode().strip().startswith("<form")


def test_somebody_elses_key(staff, values, sign_in, staff_repair, repair):
    staff.post(URL, values)
    other = sign_in(staff_repair).post(URL, values | {"department": repair.pk})
    assert other.status_code == 422
    assert RiskProposal.objects.count() == 1


class TestDepartment:
    def test_the_only_one_is_not_asked(self, staff, clean):
        body = staff.get(URL).content.decode()
        assert f'name="department" value="{clean.pk}"' in body
        assert "<select" not in body

    def test_ones_own_is_chosen_first(self, sign_in, head_cleaning, ops, clean):
        form = sign_in(head_cleaning).get(URL).context["form"]
        assert form["department"].value() == ops.pk
        assert form.fields["department"].choices == [(ops.pk, ops.name), (clean.pk, clean.name)]

    def test_another_cannot_be_named(self, staff, values, tech):
        response = staff.post(URL, values | {"department": tech.pk})
        assert response.status_code == 422
        assert not RiskProposal.objects.exists()

    def test_somebody_without_a_department_chooses(self, sign_in, risk_manager):
        assert sign_in(risk_manager).get(URL).context["form"]["department"].value() is None


def test_small_enough_for_a_weak_network_and_free_of_script(staff):
    body = staff.get(URL).content
    assert len(body) < 60_000
    assert b'method="post" action="/m/new"' in body
    assert b"autofocus" in body


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_repair", 200), ("approver", 200),
        ("auditor", 403), ("admin", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_who_may(sign_in, request, who, status, values):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    if status == 403:
        assert client.post(URL, values).status_code == 403
        assert not RiskProposal.objects.exists()


def test_wrong_method(staff):
    assert staff.put(URL).status_code == 405


def test_nobody_signed_in(sign_in, values):
    assert sign_in().get(URL)["Location"] == "/accounts/login/?next=/m/new"
    refused = sign_in().post(URL, values)
    assert (refused.status_code, values["text"] in refused.content.decode()) == (401, True)
    assert not RiskProposal.objects.exists()
