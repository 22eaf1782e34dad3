"""What may be entered of a risk is the same on the page, in the API and in the service."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from registers.models import Register, Risk, RiskCategory, RiskProposal, RiskSource
from registers.services import close_risk, create_register, create_risks, edit_risk
from riskhub.entry.day_words import day_in_full
from tests.api_client import ApiClient, refusal
from tests.builders import make_risk

UNSEEN = ["\u200b", "\u200d\u2060", "\ufeff \n", "\u3164", "\u202e"]
BODY = {
    "register": "SVC", "title": "高空擦窗坠落", "event": "坠落", "category": "operational",
    "primary_source": "internal_record", "owner_department": "OPS",
}  # fmt: skip


def today(days=0):
    """Asked for within a test: the tests may be collected before midnight and run after it."""
    return (timezone.localdate() + timedelta(days)).isoformat()


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


class TestText:
    typed = {"title": " 高空\u200b\r\n坠落\ufeff ", "event": "一\r\n\u202e二\x08"}
    kept = {"title": "高空 坠落", "event": "一\n二"}

    def test_on_the_page(self, manager, values):
        assert manager.post("/risks/new/", values | self.typed).status_code == 302
        assert Risk.objects.values("title", "event").get() == self.kept

    def test_in_the_api(self, register, api):
        found = api.post("risks/", BODY | self.typed).json()
        assert {name: found[name] for name in self.kept} == self.kept
        changed = api.patch("risks/R001/", {"title": "Cafe\u0301\n"}, if_match='"1"').json()
        assert (changed["title"], Risk.objects.get().title) == ("Caf\xe9", "Caf\xe9")

    def test_in_the_service(self, register, risk_manager):
        risk = make_risk(register, by=risk_manager, **self.typed)
        assert (risk.title, risk.event) == ("高空 坠落", "一\n二")
        edited = edit_risk(risk, by=risk_manager, version=1, title="窗\u200b", cause="a\r\nb")
        assert (edited.title, edited.cause) == ("窗", "a\nb")
        assert Risk.objects.values_list("title", "cause").get() == ("窗", "a\nb")

    @pytest.mark.parametrize("text", UNSEEN)
    @pytest.mark.parametrize("field", ["title", "event"])
    def test_what_nobody_sees_is_empty(self, manager, api, values, field, text):
        answer = manager.post("/risks/new/", values | {field: text})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        errors = {field: ["Fill this in."]}
        assert refusal(api.post("risks/", BODY | {field: text})) == (400, "invalid", errors)
        assert not Risk.objects.exists()

    @pytest.mark.parametrize("text", UNSEEN)
    def test_a_reason_that_nobody_sees(self, register, risk_manager, manager, api, text):
        risk = make_risk(register, by=risk_manager)
        answer = manager.post("/risks/R001/close/", {"reason": text})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
        assert list(refusal(api.post("risks/R001/close/", {"reason": text}))[2]) == ["reason"]
        with pytest.raises(ValidationError):
            close_risk(risk, by=risk_manager, reason=text)

    def test_a_filing(self, sign_in, staff_cleaning, clean):
        client, key = sign_in(staff_cleaning), "7d444840-9dc0-11d1-b245-5ffdce74fad2"
        sent = {"department": clean.pk, "client_uuid": key}
        assert client.post("/m/new", sent | {"text": "\u200b\n"}).status_code == 422
        assert client.post("/m/new", sent | {"text": "一\r\n二\u200b"}).status_code == 302
        assert RiskProposal.objects.get().text == "一\n二"

    def test_a_register(self, manager, risk_manager, ops):
        sent = {"code": "NEW", "name_zh": "\u200b", "name_en": "", "department": ops.pk}
        answer = manager.post("/registers/new/", sent)
        assert list(answer.context["form"].errors) == ["name_zh"]
        for code in ("A/B", "A B", "A\u200bB", "?"):
            answer = manager.post("/registers/new/", sent | {"code": code, "name_zh": "新表"})
            assert (code, list(answer.context["form"].errors)) == (code, ["code"])
        with pytest.raises(ValidationError):
            create_register(by=risk_manager, code="A\n", name_zh="新表", department=ops)
        assert (
            manager.post("/registers/new/", sent | {"name_zh": "新\n表\u200b"}).status_code == 302
        )
        assert Register.objects.get().name_zh == "新 表"


class TestDays:
    fields = pytest.mark.parametrize(
        ("field", "day"),
        [
            ("next_review_on", "1999-12-31"), ("next_review_on", "0001-01-01"),
            ("next_review_on", "9999-12-31"), ("next_review_on", today(366 * 11)),
        ],
    )  # fmt: skip

    @fields
    def test_on_the_page(self, manager, values, field, day):
        answer = manager.post("/risks/new/", values | {field: day})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert "2000年1月1日" in str(answer.context["form"].errors[field])

    @fields
    def test_in_the_api(self, register, api, field, day):
        status, code, errors = refusal(api.post("risks/", BODY | {field: day}))
        assert (status, code, list(errors)) == (400, "invalid", [field])
        assert errors[field][0].startswith("Choose a day from 1 Jan 2000 to ")

    @pytest.mark.parametrize("day", [1, "1989-12-31", "2999-01-01"])
    def test_nothing_was_found_tomorrow(self, register, risk_manager, api, day):
        day = today(day) if isinstance(day, int) else day
        status, _code, errors = refusal(api.post("risks/", BODY | {"reported_on": day}))
        with override("en"):
            until = day_in_full(timezone.localdate())
        words = f"Choose a day from 1 Jan 1990 to {until}."
        assert (status, errors) == (400, {"reported_on": [words]})
        with pytest.raises(ValidationError):
            make_risk(register, by=risk_manager, reported_on=date.fromisoformat(day))
        assert not Risk.objects.exists()

    @pytest.mark.parametrize(
        ("field", "day"),
        [("reported_on", 0), ("reported_on", "1990-01-01"), ("next_review_on", 0),
         ("next_review_on", 3600)],
    )  # fmt: skip
    def test_what_can_be_meant(self, register, api, field, day):
        day = today(day) if isinstance(day, int) else day
        assert api.post("risks/", BODY | {field: day}).json()[field] == day

    def test_an_overdue_review_does_not_keep_from_editing(self, register, risk_manager):
        risk = make_risk(register, by=risk_manager, next_review_on=date(2020, 1, 1))
        assert edit_risk(risk, by=risk_manager, version=1, title="新").title == "新"
        assert create_risks([], by=risk_manager) == []
