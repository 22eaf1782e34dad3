from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from registers.models import Risk, RiskCategory, RiskSource, ServiceLine
from registers.services import create_register
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/risks/new/"


@pytest.fixture
def values(register, ops, head_cleaning):
    return {
        "register": register.pk,
        "title": " 钥匙丢失 ",
        "event": "客户钥匙丢失",
        "category": RiskCategory.objects.get(code="operational").pk,
        "primary_source": RiskSource.objects.get(code="incident").pk,
        "owner_department": ops.pk,
        "owner": head_cleaning.pk,
        "velocity": "hours",
        "controllability": "own",
        "lang": "zh-hans",
        "service_lines": [ServiceLine.objects.get(code="eldercare").pk],
    }


def test_a_risk_with_the_next_number(values, manager, risk_manager):
    trail = Trail()
    response = manager.post(URL, values)
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    risk = Risk.objects.get()
    assert (risk.title, risk.event, risk.velocity, risk.business_importance) == (
        "钥匙丢失",
        "客户钥匙丢失",
        "hours",
        5,
    )
    assert (risk.accepted_by, risk.state) == (risk_manager, "identified")
    event = trail.only("registers_risk")
    assert (event.action, event.actor_name) == ("risk.created", "陈静")
    (said,) = messages_of(response)
    assert said.startswith("R001")


@pytest.mark.parametrize(
    "field", ["register", "title", "event", "category", "primary_source", "owner_department"]
)
def test_what_a_risk_cannot_be_without(values, manager, field):
    response = manager.post(URL, values | {field: ""})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Risk.objects.exists()


def test_a_first_review_in_the_past_is_refused_at_its_field(values, manager):
    response = manager.post(URL, values | {"next_review_on": "2020-06-07"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"next_review_on": ["下次复核日期不能早于今天。"]}
    assert not Risk.objects.exists()


def test_the_refused_form_comes_back_alone_with_what_was_typed(values, manager, part):
    response = part(manager, URL, "risk-form", values | {"event": ""})
    body = response.content.decode()
    assert response.status_code == 422
    assert body.strip().startswith("<form")
    assert "钥匙丢失" in body
    assert "<html" not in body


def test_the_key_of_the_form_stands_in_it_once(values, manager):
    for page in (manager.get(URL), manager.post(URL, values | {"title": ""})):
        assert page.content.decode().count('name="client_uuid"') == 1


def test_an_own_importance_is_kept(values, manager):
    manager.post(URL, values | {"business_importance": "2", "importance_reason": "一户"})
    assert Risk.objects.get().business_importance == 2


def test_a_reason_without_the_importance_that_it_is_for(values, manager):
    answer = manager.post(URL, values | {"importance_reason": "一户"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (
        422,
        ["business_importance"],
    )
    assert answer.context["form"]["importance_reason"].value() == "一户"
    assert not Risk.objects.exists()


def test_a_further_source_joins_the_first(values, manager):
    audit = RiskSource.objects.get(code="audit")
    manager.post(URL, values | {"sources": [audit.pk]})
    assert {s.code for s in Risk.objects.get().sources.all()} == {"incident", "audit"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "closed"), ("residual_level", "0"), ("number", "77"), ("code", "R777"),
        ("plan_state", "approved"), ("accepted_by", "1"), ("closed_reason", "x"),
    ],
)  # fmt: skip
def test_what_the_form_does_not_ask_changes_nothing(values, manager, name, value):
    manager.post(URL, values | {name: value})
    risk = Risk.objects.get()
    assert (risk.code, risk.state, risk.residual_level, risk.plan_state, risk.closed_reason) == (
        "R001",
        "identified",
        None,
        "",
        "",
    )


class TestScope:
    @pytest.fixture
    def client(self, sign_in, ops_manager):
        return sign_in(ops_manager)

    def test_only_what_one_keeps_can_be_chosen(
        self, client, values, risk_manager, tech, head_repair
    ):
        other = create_register(by=risk_manager, code="TECH", name_zh="技术", department=tech)
        body = client.get(URL).content.decode()
        assert "技术与安装部" not in body
        assert "何志强" not in body
        for field, foreign in (
            ("register", other.pk),
            ("owner_department", tech.pk),
            ("owner", head_repair.pk),
        ):
            response = client.post(URL, values | {field: foreign})
            assert response.status_code == 422
            assert list(response.context["form"].errors) == [field]
        assert not Risk.objects.exists()

    def test_and_that_works(self, client, values):
        assert client.post(URL, values).status_code == 302


def test_the_register_of_the_address_is_chosen(register, risk_manager, manager, ops):
    other = create_register(by=risk_manager, code="B", name_zh="乙", department=ops)
    assert manager.get(f"{URL}?register=B").context["form"].initial["register"] == other
    assert manager.get(URL).context["form"].initial.get("register") is None


def test_the_register_of_the_address_in_other_letters(register, risk_manager, manager, ops):
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    form = manager.get(f"{URL}?register=svc").context["form"]
    assert form["register"].value() == register.pk


def test_the_only_register_is_chosen(register, manager):
    assert manager.get(URL).context["form"].initial["register"] == register.pk


@pytest.mark.parametrize(
    "who", ["head_cleaning", "staff_cleaning", "approver", "auditor", "admin", "outsider"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_risk_manager(values, sign_in, request, who, method):
    client = sign_in(request.getfixturevalue(who))
    assert getattr(client, method)(URL, values).status_code == 403
    assert not Risk.objects.exists()


def test_wrong_method(manager):
    assert manager.put(URL).status_code == 405


def test_nobody_signed_in(values, sign_in):
    refused = sign_in().post(URL, values)
    assert (refused.status_code, values["event"] in refused.content.decode()) == (401, True)
    assert not Risk.objects.exists()


def test_the_same_form_sent_twice_makes_one_risk(values, manager):
    page = manager.get(URL)
    values["client_uuid"] = page.context["form"]["client_uuid"].value()
    first, second = (manager.post(URL, values) for _ in range(2))
    assert first["Location"] == second["Location"] == "/risks/R001/"
    assert Risk.objects.count() == 1


def test_the_same_form_with_other_words_asks_once_and_keeps_both(values, manager):
    values["client_uuid"] = manager.get(URL).context["form"]["client_uuid"].value()
    manager.post(URL, values)
    other = values | {"title": "钥匙配错"}
    page = manager.post(URL, other)
    assert page.status_code == 422
    assert Risk.objects.count() == 1
    fresh = page.context["form"]["client_uuid"].value()
    assert fresh != str(values["client_uuid"])
    assert "钥匙配错" in page.content.decode()
    assert manager.post(URL, other | {"client_uuid": fresh})["Location"] == "/risks/R002/"


class TestGoneBack:
    """The page comes with a new key then; the browser keeps what was typed."""

    @pytest.fixture
    def send(self, manager, values):
        def posted(**given):
            return manager.post(URL, values | {"client_uuid": str(uuid4())} | given)

        return posted

    def test_the_same_in_every_field_is_the_same_risk(self, send):
        send()
        again = send()
        assert again["Location"] == "/risks/R001/"
        assert Risk.objects.count() == 1
        said = (
            "You put this in already: %(code)s, the same in every field. Nothing was added twice."
        )
        assert messages_of(again)[-1] == gettext(said) % {"code": "R001"}

    def test_one_other_field_makes_it_another(self, send):
        assert [send()["Location"], send(cause="没有登记")["Location"]] == [
            "/risks/R001/",
            "/risks/R002/",
        ]

    def test_a_day_later_or_by_somebody_else(self, send, values, sign_in, second_manager):
        send()
        other = sign_in(second_manager).post(URL, values | {"client_uuid": str(uuid4())})
        assert other["Location"] == "/risks/R002/"
        Risk.objects.update(accepted_at=timezone.now() - timedelta(days=1))
        assert send()["Location"] == "/risks/R003/"
