"""Who is responsible for a risk can see it: on the page, in the API, in the service, from a file."""

from copy import copy

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from registers.forms.risks import RiskEditForm, RiskForm
from registers.models import Risk, RiskCategory, RiskSource
from registers.querysets import onlookers_of, owners_for
from registers.services import edit_risk
from riskhub.accounts.services import assign_role
from tests.api_client import ApiClient, refusal
from tests.builders import make_risk
from tests.cast import make_user

REFUSED = (
    "赵勇 does not see the risks of “{department}”. Choose somebody who does, "
    "or have the administrator give them a role for it."
)


@pytest.fixture
def api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def values(register, ops):
    return {
        "register": register.pk, "title": "钥匙丢失", "event": "客户钥匙丢失", "velocity": "hours",
        "category": RiskCategory.objects.get(code="operational").pk, "owner_department": ops.pk,
        "primary_source": RiskSource.objects.get(code="incident").pk, "controllability": "own",
        "lang": "zh-hans",
    }  # fmt: skip


def test_who_sees_the_risks_of_a_department(
    clean, ops, tech, head_cleaning, staff_cleaning, staff_repair, risk_manager, outsider, auditor
):
    gone = make_user("gone", "走了", "staff", clean)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    assert set(onlookers_of([clean])) == {head_cleaning, staff_cleaning, risk_manager, auditor}
    assert set(onlookers_of([ops])) == {head_cleaning, risk_manager, auditor}
    assert set(onlookers_of([])) == {risk_manager, auditor}
    assert not {gone, outsider} & set(onlookers_of([clean, ops, tech]))
    for user in onlookers_of([clean]):
        assert user.roles.covers(clean.pk, *user.roles.everywhere_roles, *user.roles.by_department)
    assert set(owners_for(head_cleaning, [clean])) == {head_cleaning, staff_cleaning}


def test_who_is_offered(register, risk_manager, ops, clean, staff_cleaning, staff_repair, outsider):
    """For a new risk whoever sees something; for one of a department those who see that."""
    offered = RiskForm(user=risk_manager).fields["owner"].queryset
    assert outsider not in offered
    assert {staff_cleaning, staff_repair, risk_manager} <= set(offered)
    head = make_user("head", "班长", "department_head", clean)
    risk = make_risk(register, by=risk_manager, department=clean)
    form = RiskEditForm(user=head, instance=copy(risk))
    assert set(form.fields["owner"].queryset) == {head, staff_cleaning}


def test_on_the_page(manager, values, staff_repair, staff_cleaning, clean, ops):
    answer = manager.post("/risks/new/", values | {"owner": staff_repair.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["owner"])
    assert not Risk.objects.exists()
    of_clean = {"owner_department": clean.pk, "owner": staff_cleaning.pk}
    assert manager.post("/risks/new/", values | of_clean).status_code == 302
    moved = of_clean | {"owner_department": ops.pk, "row_version": 1, "business_importance": 3}
    answer = manager.post("/risks/R001/edit/", values | moved)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["owner"])
    assert "王芳" in str(answer.context["form"].errors["owner"])
    assert Risk.objects.get().owner_department == clean


def test_in_the_api(register, risk_manager, api, ops, staff_repair):
    risk = make_risk(register, by=risk_manager)
    answer = api.patch(f"risks/{risk_code(risk)}/", {"owner": "staff.repair"}, if_match='"1"')
    words = REFUSED.format(department=ops.name_en)
    assert refusal(answer) == (400, "invalid", {"owner": [words]})
    body = {
        "register": "SVC", "title": "x", "event": "x", "category": "operational",
        "primary_source": "survey", "owner_department": "OPS", "owner": "staff.repair",
    }  # fmt: skip
    assert refusal(api.post("risks/", body)) == (400, "invalid", {"owner": [words]})
    assert Risk.objects.count() == 1


def test_in_the_service(register, risk_manager, staff_repair, staff_cleaning, clean):
    with pytest.raises(ValidationError, match="赵勇"):
        make_risk(register, by=risk_manager, owner=staff_repair)
    risk = make_risk(register, by=risk_manager, department=clean, owner=staff_cleaning)
    with pytest.raises(ValidationError) as refused:
        edit_risk(risk, by=risk_manager, version=None, owner_department=register.department)
    assert list(refused.value.message_dict) == ["owner"]


def test_who_left_does_not_keep_others_from_editing(
    register, risk_manager, clean, staff_cleaning, manager, values
):
    """The risk names them until somebody names another."""
    make_risk(register, by=risk_manager, department=clean, owner=staff_cleaning)
    staff_cleaning.role_assignments.all().delete()
    sent = values | {
        "owner": staff_cleaning.pk, "owner_department": clean.pk, "title": "新",
        "row_version": 1, "business_importance": 3,
    }  # fmt: skip
    assert manager.post("/risks/R001/edit/", sent).status_code == 302
    assert (Risk.objects.get().title, Risk.objects.get().owner) == ("新", staff_cleaning)


def risk_code(risk):
    risk.refresh_from_db()
    return risk.code


AUDITS = (
    "{name} only reads here, as an auditor. Choose somebody who may act on the risks of "
    "“{department}”."
)


def test_an_auditor_is_neither_offered_nor_accepted(register, risk_manager, auditor, api, ops):
    assert auditor in onlookers_of([ops])
    assert auditor not in owners_for(risk_manager, [ops])
    assert auditor not in RiskForm(user=risk_manager).fields["owner"].queryset
    words = AUDITS.format(name=auditor, department=ops.name_en)
    with override("en"), pytest.raises(ValidationError) as refused:
        make_risk(register, by=risk_manager, owner=auditor)
    assert refused.value.message_dict == {"owner": [words]}
    risk = make_risk(register, by=risk_manager)
    answer = api.patch(f"risks/{risk_code(risk)}/", {"owner": auditor.username}, if_match='"1"')
    assert refusal(answer)[2] == {"owner": [AUDITS.format(name=auditor, department=ops.name_en)]}


def test_an_auditor_who_also_works_there_may_own(risk_manager, auditor, ops, clean):
    assign_role(auditor, by=None, role="staff", department=clean)
    assert auditor in owners_for(risk_manager, [clean])
    assert auditor not in owners_for(risk_manager, [ops])
