import pytest

from registers.models import Risk, RiskSource
from registers.services import close_risk, edit_risk
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/risks/R001/edit/"


@pytest.fixture
def values(risk):
    """What the browser sends back when nothing is changed."""
    return {
        "title": risk.title, "event": risk.event, "cause": "", "consequence": "",
        "category": risk.category_id, "area": "", "primary_source": risk.primary_source_id,
        "owner_department": risk.owner_department_id, "owner": "", "business_importance": 3,
        "importance_reason": "", "velocity": "days", "controllability": "own", "lang": "zh-hans",
        "sources": [risk.primary_source_id], "title_alt": "", "next_review_on": "",
        "row_version": 1,
    }  # fmt: skip


def test_what_was_changed_and_nothing_else(values, manager, head_cleaning):
    trail = Trail()
    response = manager.post(URL, values | {"title": "水管爆裂", "owner": head_cleaning.pk})
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    event = trail.only("registers_risk")
    assert (event.action, set(event.after)) == ("risk.edited", {"title", "owner_id", "row_version"})
    assert len(trail.rows()) == 1


def test_nothing_changed_is_no_fault_and_no_edit(values, manager, risk):
    """An import that nobody touched since can be taken back."""
    trail = Trail()
    assert manager.post(URL, values).status_code == 302
    assert messages_of(manager.get("/risks/R001/")) == ["没有任何改动。"]
    assert (trail.rows(), Risk.objects.get().row_version) == ([], 1)


def test_a_review_in_the_past_is_refused_an_overdue_one_may_stay(values, manager):
    refused = manager.post(URL, values | {"next_review_on": "2020-06-07"})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"next_review_on": ["下次复核日期不能早于今天。"]}
    Risk.objects.update(next_review_on="2020-06-07")
    kept = manager.post(URL, values | {"next_review_on": "2020-06-07", "title": "新名"})
    assert (kept.status_code, Risk.objects.get().title) == (302, "新名")


def test_another_list_alone_is_an_edit(values, manager, risk):
    audit = RiskSource.objects.get(code="audit")
    manager.post(URL, values | {"sources": [risk.primary_source_id, audit.pk]})
    stored = Risk.objects.get()
    assert (stored.row_version, audit in stored.sources.all()) == (2, True)


def test_the_form_shows_what_is_stored(risk, manager, risk_manager):
    edit_risk(risk, by=risk_manager, version=1, cause="老化", next_review_on="2027-05-06")
    form = manager.get(URL).context["form"]
    assert (form["cause"].value(), form["row_version"].value()) == ("老化", 2)
    assert 'value="2027-05-06"' in str(form["next_review_on"])


class TestSomebodyWasFaster:
    @pytest.fixture
    def response(self, values, risk, risk_manager, manager, part):
        audit = RiskSource.objects.get(code="audit")
        edit_risk(risk, by=risk_manager, version=1, title="别人的名称", primary_source=audit)
        return part(manager, URL, "risk-form", values | {"title": "我的名称", "event": "我的事件"})

    def test_409_with_both_texts_and_mine_in_the_form(self, response):
        body = response.content.decode()
        assert response.status_code == 409
        assert "别人的名称" in body
        assert 'value="我的名称"' in body
        assert "<html" not in body
        differences = {d.stored: d.typed for d in response.context["conflict"].differences}
        assert differences["别人的名称"] == "我的名称"
        assert differences["维修后漏水"] == "我的事件"
        assert Risk.objects.get().title == "别人的名称"

    def test_saving_again_is_a_decision(self, response, values, manager):
        form = response.context["form"]
        assert form["row_version"].value() == "2"
        manager.post(URL, values | {"title": "我的名称", "row_version": 2})
        assert Risk.objects.get().title == "我的名称"

    def test_what_i_did_not_touch_is_theirs(self, risk, risk_manager, manager):
        """The other tab saved the cause; this one knows only of the consequence."""
        form = manager.get(URL).context["form"]
        values = {name: form[name].value() for name in form.fields}
        values = {name: "" if value is None else value for name, value in values.items()}
        edit_risk(risk, by=risk_manager, version=1, cause="别人写的原因")
        response = manager.post(URL, values | {"consequence": "我写的后果"})
        conflict = response.context["conflict"]
        assert (response.status_code, conflict.differences) == (409, [])
        assert [(d.stored, d.anchor) for d in conflict.taken] == [("别人写的原因", "id_cause")]
        form = response.context["form"]
        again = values | {name: form[name].value() for name in ("cause", "opened", "row_version")}
        manager.post(URL, again | {"consequence": "我写的后果"})
        stored = Risk.objects.get()
        assert (stored.cause, stored.consequence) == ("别人写的原因", "我写的后果")

    @pytest.mark.parametrize("version", ["", "x", "0", "99"])
    def test_a_version_that_was_never_read(self, values, manager, version):
        answer = manager.post(URL, values | {"title": "x", "row_version": version})
        assert answer.status_code in {409, 422}
        assert Risk.objects.get().title == "客户家中漏水"


def test_the_head_of_another_department_sees_nothing(values, sign_in, head_repair):
    client = sign_in(head_repair)
    assert (client.get(URL).status_code, client.post(URL, values).status_code) == (404, 404)


@pytest.mark.parametrize("who", ["approver", "auditor", "admin"])
def test_readers_only_read(values, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403
    assert client.post(URL, values | {"title": "x"}).status_code == 403
    assert Risk.objects.get().title == "客户家中漏水"


class TestFieldsOfTheRole:
    def test_a_head_does_not_move_it_to_another_department(
        self, values, sign_in, head_cleaning, tech
    ):
        client = sign_in(head_cleaning)
        assert "owner_department" not in client.get(URL).context["form"].fields
        client.post(URL, values | {"owner_department": tech.pk, "cause": "老化"})
        risk = Risk.objects.get()
        assert (risk.owner_department.code, risk.cause) == ("OPS", "老化")

    def test_staff_write_the_text_and_nothing_else(
        self, values, risk, sign_in, staff_cleaning, clean, risk_manager
    ):
        edit_risk(risk, by=risk_manager, version=1, owner_department=clean)
        client = sign_in(staff_cleaning)
        assert set(client.get(URL).context["form"].fields) == {
            "title", "title_alt", "cause", "event", "consequence", "lang", "row_version", "opened",
        }  # fmt: skip
        sent = values | {
            "event": "员工写的", "velocity": "instant", "owner": staff_cleaning.pk,
            "business_importance": 5, "state": "closed", "register": 99, "row_version": 2,
            "residual_level": 0, "sources": [],
        }  # fmt: skip
        assert client.post(URL, sent).status_code == 302
        stored = Risk.objects.get()
        assert (stored.event, stored.velocity, stored.owner, stored.state) == (
            "员工写的",
            "days",
            None,
            "identified",
        )
        assert (stored.business_importance, stored.residual_level) == (3, None)
        assert stored.sources.count() == 1

    def test_an_owner_of_another_department_cannot_be_named(
        self, values, sign_in, head_cleaning, head_repair
    ):
        client = sign_in(head_cleaning)
        response = client.post(URL, values | {"owner": head_repair.pk})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["owner"]
        assert client.post(URL, values | {"owner": head_cleaning.pk}).status_code == 302

    def test_an_owner_who_left_may_stay(self, values, risk, manager, risk_manager, head_cleaning):
        edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning)
        head_cleaning.is_active = False
        head_cleaning.save()
        sent = values | {"owner": head_cleaning.pk, "row_version": 2}
        assert manager.post(URL, sent).status_code == 302


def test_an_importance_without_a_reason_is_said_at_its_field(values, manager):
    response = manager.post(URL, values | {"business_importance": 5})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["importance_reason"]
    assert response.context["form"].more_is_open() is True


def test_a_blank_text(values, manager):
    response = manager.post(URL, values | {"event": " "})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["event"])
    assert "<h1>" in response.content.decode()


def test_a_closed_risk(values, risk, risk_manager, manager):
    close_risk(risk, by=risk_manager, reason="停办")
    response = manager.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    (words,) = messages_of(response)
    response = manager.post(URL, values | {"title": "客户家的阳台漏水"})
    body = response.content.decode()
    assert (response.status_code, words in body, "客户家的阳台漏水" in body) == (409, True, True)
    assert Risk.objects.get().title == "客户家中漏水"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method(risk, manager, method):
    assert getattr(manager, method)(URL).status_code == 405


def test_nobody_signed_in(values, sign_in):
    refused = sign_in().post(URL, values | {"title": "钥匙交接不清"})
    assert (refused.status_code, "钥匙交接不清" in refused.content.decode()) == (401, True)
    assert Risk.objects.get().title == "客户家中漏水"
