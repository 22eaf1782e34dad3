"""Closing an account lists what is open and asks for new owners, for a group or one by one."""

import pytest

from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.accounts.services import deactivate_user, edit_department
from tests.builders import assess, make_plan, make_risk
from tests.cast import PASSWORD, make_user


@pytest.fixture
def risks(register, risk_manager, head_cleaning):
    return [make_risk(register, by=risk_manager, owner=head_cleaning) for _number in range(2)]


@pytest.fixture
def url(head_cleaning):
    return f"/settings/people/{head_cleaning.pk}/deactivate/"


@pytest.fixture
def group(ops):
    return f"risk-{ops.pk}"


def owners():
    return list(Risk.objects.order_by("number").values_list("owner__username", flat=True))


def test_the_list_names_each_thing(as_admin, url, risks, outsider, auditor):
    page = as_admin.get(url)
    words = page.content.decode()
    for risk in risks:
        assert f'href="/risks/R{risk.number:03d}/"' in words
    choices = [label for _value, label in page.context["form"].fields.popitem()[1].choices]
    assert "路人" not in choices
    assert "孙悦" not in choices


def test_one_owner_for_the_group(as_admin, url, risks, group, second_manager, head_cleaning):
    response = as_admin.post(url, {f"to-{group}": second_manager.pk, "reason": "离职"})
    assert (response.status_code, response["Location"]) == (302, head_cleaning.get_absolute_url())
    assert owners() == ["second.manager", "second.manager"]
    assert not User.objects.get(pk=head_cleaning.pk).is_active


def test_what_is_not_chosen_is_named(as_admin, url, risks, head_cleaning, admin):
    edit_department(head_cleaning.department, by=admin, version=None, head=head_cleaning)
    form = as_admin.post(url).context["form"]
    place = head_cleaning.department.name
    labels = {form[name].label for name in form.errors}
    assert labels == {"新负责人：服务运营部的风险", f"新负责人：{place}"}


def test_one_by_one(as_admin, url, risks, group, second_manager, risk_manager):
    page = as_admin.get(f"{url}?each={group}")
    assert f'name="to-{group}-{risks[0].pk}"' in page.content.decode()
    fields = {
        "each": group, f"to-{group}-{risks[0].pk}": second_manager.pk,
        f"to-{group}-{risks[1].pk}": risk_manager.pk,
    }  # fmt: skip
    assert as_admin.post(url, fields).status_code == 302
    assert owners() == ["second.manager", "risk.manager"]


def test_for_ones_own_account_nothing_needs_to_be_filled_in_first(as_admin, admin):
    page = as_admin.get(f"/settings/people/{admin.pk}/deactivate/", follow=True)
    assert page.redirect_chain == [(f"/settings/people/{admin.pk}/", 302)]
    (said,) = page.context["messages"]
    assert "不能停用自己的账号" in str(said)


@pytest.mark.parametrize("heir", ["", "987654", "outsider", "auditor", "own"])
def test_without_a_fitting_owner_nothing_is_done(
    as_admin, url, risks, group, part, heir, request, head_cleaning
):
    if heir in ("outsider", "auditor"):
        heir = request.getfixturevalue(heir).pk
    value = head_cleaning.pk if heir == "own" else heir
    response = part(as_admin, url, "leaving-form", {f"to-{group}": value, "reason": "离职"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [f"to-{group}"])
    assert 'value="离职"' in response.content.decode()
    assert owners() == ["head.cleaning", "head.cleaning"]


def test_what_came_in_meanwhile_is_asked_for(
    as_admin, url, risks, group, second_manager, head_cleaning, monkeypatch, register, risk_manager
):
    from riskhub.accounts.views import leaving  # noqa: PLC0415 - for the moment between the two

    def late(person, **facts):
        make_risk(register, by=risk_manager, owner=head_cleaning)
        return deactivate_user(person, **facts)

    monkeypatch.setattr(leaving, "deactivate_user", late)
    response = as_admin.post(url, {f"to-{group}": second_manager.pk})
    page = response.content.decode()
    assert response.status_code == 422
    assert "R003" in page
    assert page.count("rh-summary") == 1
    assert f'<option value="{second_manager.pk}" selected>' in page
    assert User.objects.get(pk=head_cleaning.pk).is_active


def test_what_comes_first_is_said_where_the_button_was_pressed(
    as_admin, part, approver, register, risk_manager, second_manager
):
    """The box takes the focus, with script (as each summary) and without."""
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=risk_manager, submitted=True)
    url = f"/settings/people/{approver.pk}/deactivate/"
    assert "rh-summary" not in as_admin.get(url).content.decode()
    response = part(as_admin, url, "leaving-form", {"reason": "离职"})
    words = response.content.decode()
    assert (response.status_code, words.count("rh-summary"), words.count(" autofocus")) == (
        422,
        1,
        1,
    )
    box = words[words.index("rh-summary") : words.index("</ul>")]
    assert 'role="alert" tabindex="-1" autofocus' in box
    assert "RP-001" in box
    assert 'aria-describedby="comes-first"' in words
    assert 'value="离职"' in words


def test_nothing_is_open(as_admin, outsider):
    url = f"/settings/people/{outsider.pk}/deactivate/"
    assert as_admin.get(url).context["form"].holdings == []
    assert as_admin.post(url).status_code == 302
    assert as_admin.get(url).status_code == 302
    assert as_admin.post(url).status_code == 409


def test_as_many_queries_for_three_risks_as_for_one(
    as_admin, url, register, risk_manager, head_cleaning, queries
):
    make_risk(register, by=risk_manager, owner=head_cleaning)
    one = queries(as_admin, url)
    for _number in range(2):
        make_risk(register, by=risk_manager, owner=head_cleaning)
    assert queries(as_admin, url) == one


def test_their_next_request_is_not_signed_in(as_admin, sign_in, outsider):
    theirs = sign_in(outsider)
    as_admin.post(f"/settings/people/{outsider.pk}/deactivate/")
    assert theirs.get("/notices/").status_code == 302


@pytest.mark.parametrize(("password", "is_told"), [(PASSWORD, True), ("wrong", False)])
def test_only_who_knows_the_password_is_told_that_it_is_closed(client, admin, password, is_told):
    deactivate_user(make_user("li.na", "李娜", password=PASSWORD), by=admin)
    page = client.post("/accounts/login/", {"login": "Li.Na", "password": password})
    assert page.status_code == 200
    assert ("此账号已停用" in page.content.decode()) is is_told
    assert client.get("/notices/").status_code == 302


def test_nobody_closes_their_own(as_admin, admin):
    response = as_admin.post(f"/settings/people/{admin.pk}/deactivate/")
    assert response.status_code == 422
    assert User.objects.get(pk=admin.pk).is_active
