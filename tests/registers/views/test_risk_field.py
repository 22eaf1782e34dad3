"""One field of a risk, edited in its cell of the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Risk, RiskSource
from registers.services import close_risk, edit_risk
from tests.builders import assess
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

CELL = "risk-cell--R001-owner"


def url(column, query=""):
    return f"/risks/R001/field/?column={column}{query}"


@pytest.fixture
def save(manager, risk):
    """`save("owner", owner=3)` posts the cell as its form sends it; `htmx=False` as without script."""

    def post(column, client=manager, *, htmx=True, version=None, query="", **fields):
        form = client.get(url(column)).context["form"]
        known = {name: form[name].value() or "" for name in form.fields}
        known |= {"row_version": version or known["row_version"]}
        headers = {"HX-Request": "true", "HX-Target": f"risk-cell--R001-{column}"} if htmx else {}
        return client.post(url(column, query), known | fields, headers=headers)

    return post


def test_the_cell_becomes_its_form_and_nothing_else(risk, manager, part):
    body = part(manager, url("owner"), CELL).content.decode().strip()
    assert body.startswith('<form class="rh-cell-form"')
    assert body.endswith("</form>")
    assert 'name="owner"' in body
    assert 'name="title"' not in body
    whole = manager.get(url("owner")).content.decode()
    assert f'id="{CELL}"' in whole


def test_the_row_comes_back_as_it_is_then(save, risk, head_cleaning):
    trail = Trail()
    answer = save("owner", owner=head_cleaning.pk, query="&columns=owner")
    assert answer.status_code == 200
    body = answer.content.decode().strip()
    assert body.startswith('<tr data-code="R001"')
    assert "周立" in body
    assert body.split("</tr>")[0].count("<td") == 4
    assert answer["HX-Retarget"] == 'tr[data-code="R001"]'
    assert answer["HX-Trigger-After-Settle"] == "risk-saved"
    event = trail.only("registers_risk")
    assert (event.action, event.after["owner_id"]) == ("risk.edited", head_cleaning.pk)


def test_without_script_one_comes_back_to_the_list(save, manager, risk, head_cleaning):
    answer = save("owner", htmx=False, owner=head_cleaning.pk, query="&level=none&sort=code")
    assert answer["Location"] == "/risks/?level=none&sort=code"
    assert messages_of(manager.get("/risks/")) == ["R001 已保存。"]


@pytest.mark.parametrize(
    ("column", "fields", "stored"),
    [
        ("name", {"title": "新名"}, {"title": "新名"}),
        ("review", {"next_review_on": "2027-03-01"}, {}),
        ("importance", {"business_importance": "5", "importance_reason": "唯一供应商"},
         {"business_importance": 5, "importance_reason": "唯一供应商"}),
    ],
)  # fmt: skip
def test_each_field(save, risk, column, fields, stored):
    if column == "review":
        stored["next_review_on"] = timezone.localdate() + timedelta(days=40)
        fields = {"next_review_on": stored["next_review_on"].isoformat()}
    assert save(column, **fields).status_code == 200
    risk.refresh_from_db()
    assert {name: getattr(risk, name) for name in stored} == stored
    assert risk.row_version == 2


def test_a_cell_left_as_it_was_is_no_edit(save, manager):
    trail = Trail()
    assert save("name", htmx=False).status_code == 302
    assert messages_of(manager.get("/risks/")) == ["没有任何改动。"]
    assert trail.rows() == []


def test_a_review_in_the_past_is_refused_and_an_overdue_one_stays(save, risk):
    past = timezone.localdate() - timedelta(days=2)
    refused = save("review", next_review_on=past.isoformat())
    assert (refused.status_code, "下次复核日期不能早于今天。" in refused.content.decode()) == (
        422,
        True,
    )
    Risk.objects.update(next_review_on=past)
    assert save("review").status_code == 200
    assert save("name", title="新名").status_code == 200
    assert Risk.objects.get().next_review_on == past


def test_sources_and_department(save, risk, tech, risk_manager):
    survey = RiskSource.objects.get(code="survey")
    assert save("source", primary_source=survey.pk, sources=[survey.pk]).status_code == 200
    assert save("department", owner_department=tech.pk).status_code == 200
    risk.refresh_from_db()
    assert (risk.primary_source, risk.owner_department) == (survey, tech)


def test_the_rules_of_the_edit_page_hold(save, risk, auditor):
    refused = save("importance", business_importance="5", importance_reason="")
    assert (refused.status_code, refused.content.decode().count("<form")) == (422, 1)
    assert save("owner", owner=auditor.pk).status_code == 422
    assert save("name", title="").status_code == 422
    risk.refresh_from_db()
    assert risk.row_version == 1


def test_of_two_editors_of_one_field_the_second_sees_both(save, risk, risk_manager, second_manager):
    edit_risk(risk, by=second_manager, version=None, title="别人的名字")
    late = save("name", version=1, title="我的名字", opened='{"title": "客户家中漏水"}')
    assert late.status_code == 409
    body = late.content.decode()
    assert body.strip().startswith("<form")
    for words in ("别人的名字", "我的名字"):
        assert words in body
    assert Risk.objects.get().title == "别人的名字"
    again = save("name", title="我的名字")
    assert (again.status_code, Risk.objects.get().title) == (200, "我的名字")


def test_who_changed_another_field_stands_in_nobodys_way(save, risk, second_manager, head_cleaning):
    edit_risk(risk, by=second_manager, version=None, title="别人的名字")
    saved = save("owner", version=1, owner=head_cleaning.pk, opened='{"owner": ""}')
    stored = Risk.objects.get()
    assert (saved.status_code, stored.title, stored.owner) == (200, "别人的名字", head_cleaning)


def test_the_name_that_is_read_is_the_one_that_is_changed(save, risk, risk_manager, sign_in):
    Risk.objects.update(title_alt="Leak")
    risk_manager.locale = "en"
    risk_manager.save()
    assert save("name", sign_in(risk_manager), title_alt="Water leak").status_code == 200
    stored = Risk.objects.get()
    assert (stored.title, stored.title_alt) == ("客户家中漏水", "Water leak")


@pytest.mark.parametrize("column", ["level", "inherent", "priority", "code", "area", "", "x"])
def test_what_is_not_edited_in_a_cell(risk, manager, column):
    assert manager.get(url(column)).status_code == 404
    assert manager.post(url(column), {"residual_level": 0}).status_code == 404


def test_who_may(risk, sign_in, head_cleaning, head_repair, staff_cleaning, auditor, clean):
    assert sign_in(head_repair).get(url("owner")).status_code == 404
    assert sign_in(auditor).get(url("owner")).status_code == 403
    assert sign_in(head_cleaning).get(url("owner")).status_code == 200
    assert sign_in(head_cleaning).get(url("department")).status_code == 403
    Risk.objects.update(owner_department=clean)
    assert sign_in(staff_cleaning).get(url("owner")).status_code == 403
    assert sign_in(staff_cleaning).get(url("name")).status_code == 200


def test_rows_say_what_may_be_edited(risk, sign_in, risk_manager, head_cleaning, auditor):
    for user, letter in ((risk_manager, "a"), (head_cleaning, "o"), (auditor, "")):
        body = sign_in(user).get("/risks/").content.decode()
        assert f'<tr data-code="R001" data-may="{letter}"' in body
    heads = (
        sign_in(risk_manager)
        .get("/risks/?columns=level,department,owner,importance")
        .content.decode()
    )
    for head in ('data-key="name" data-may="aot"', 'data-key="department" data-may="a"',
                 'data-key="owner" data-may="ao"', 'data-key="importance" data-may="ao"'):  # fmt: skip
        assert head in heads
    assert 'data-key="level" data-may' not in heads


def test_a_closed_risk(risk, manager, risk_manager, part):
    close_risk(risk, by=risk_manager, reason="停办")
    assert manager.get(url("owner")).status_code == 302
    assert manager.post(url("owner"), {}).status_code == 409


def test_the_place_in_the_order_follows(save, risk, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    before = Risk.objects.get().rank_key
    save("importance", business_importance="5", importance_reason="唯一供应商")
    assert Risk.objects.get().rank_key < before
