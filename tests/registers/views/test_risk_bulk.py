"""Choose risks, look at the effect, do exactly that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import BulkEdit, Risk
from registers.services import edit_risk
from registers.weighing import MOST
from tests.builders import make_risk
from tests.registers.pages import messages_of

URL = "/risks/bulk/"


@pytest.fixture
def listed(register, risk_manager, tech, clean):
    for department in (register.department, tech, clean):
        make_risk(register, by=risk_manager, department=department)


@pytest.fixture
def due():
    return (timezone.localdate() + timedelta(9)).isoformat()


def shown(response):
    effect = response.context["effect"]
    return [risk.code for risk in effect.changed]


def test_choosing_looking_and_doing(listed, manager, due):
    form = manager.get(URL, {"pick": ["R001", "R003"], "list": "level=none"})
    assert (form.status_code, form.context["count"]) == (200, 2)
    fields = {"pick": ["R001", "R003"], "list": "level=none", "next_review_on": due}
    look = manager.post(URL, fields)
    assert (look.status_code, shown(look)) == (200, ["R001", "R003"])
    assert not BulkEdit.objects.exists()
    done = manager.post(URL, fields | {"digest": look.context["effect"].digest})
    assert done["Location"] == "/risks/?level=none"
    page = manager.get(done["Location"])
    assert messages_of(page) == ["已修改 2 项风险。"]
    assert f"/risks/bulk/{BulkEdit.objects.get().pk}/undo/" in page.content.decode()
    assert Risk.objects.filter(next_review_on=due).count() == 2


def test_the_form_and_the_effect_stand_beside_the_list(listed, manager, part, due):
    body = part(manager, f"{URL}?pick=R001", "risk-panel").content.decode().strip()
    assert body.startswith('<aside class="rh-panel" id="risk-panel"')
    look = part(manager, URL, "risk-panel", {"pick": "R001", "next_review_on": due})
    assert look.content.decode().strip().startswith("<aside")
    assert 'name="digest"' in look.content.decode()


def test_all_that_match(listed, manager, due):
    fields = {"whole": "1", "list": "department=OPS", "next_review_on": due}
    assert shown(manager.post(URL, fields)) == ["R001", "R003"]
    assert shown(manager.post(URL, fields | {"list": ""})) == ["R001", "R002", "R003"]
    assert manager.post(URL, fields | {"list": "department=NOPE"}).status_code == 422


def test_another_departments_risks_are_not_there(listed, sign_in, head_cleaning, due):
    client = sign_in(head_cleaning)
    look = client.post(URL, {"pick": ["R001", "R002"], "next_review_on": due})
    assert (shown(look), look.context["effect"].count) == (["R001"], 1)
    assert client.post(URL, {"pick": ["R002"], "next_review_on": due}).status_code == 422
    assert "owner_department" not in look.context["form"].fields


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"business_importance": "5"},
        {"importance_reason": "季节"},
        {"next_review_on": "1900-01-01"},
        {"owner": "999999"},
        {"residual_level": "0", "residual_probability": "1", "state": "closed"},
    ],
)
def test_what_is_no_change(listed, manager, fields):
    answer = manager.post(URL, {"pick": "R001"} | fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_a_review_in_the_past_is_refused(listed, manager):
    yesterday = (timezone.localdate() - timedelta(1)).isoformat()
    answer = manager.post(URL, {"pick": "R001", "next_review_on": yesterday})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"next_review_on": ["下次复核日期不能早于今天。"]}
    today = timezone.localdate().isoformat()
    assert manager.post(URL, {"pick": "R001", "next_review_on": today}).status_code == 200


def test_changed_between_look_and_deed(listed, manager, second_manager, due):
    fields = {"pick": ["R001", "R002"], "next_review_on": due}
    digest = manager.post(URL, fields).context["effect"].digest
    edit_risk(Risk.objects.get(number=1), by=second_manager, version=None, title="新名")
    late = manager.post(URL, fields | {"digest": digest})
    assert (late.status_code, shown(late)) == (409, ["R001", "R002"])
    assert not BulkEdit.objects.exists()


def test_too_many(listed, manager, monkeypatch, due):
    monkeypatch.setattr("registers.views.bulk.MOST", 2)
    answer = manager.post(URL, {"whole": "1", "next_review_on": due})
    assert (answer.status_code, "2" in answer.context["refusal"]) == (422, True)
    assert MOST == 2000


def test_nothing_ticked(manager, register):
    assert manager.get(URL).context["count"] == 0
    assert manager.get(f"{URL}?pick=x&pick=R999").context["risks"] == []


def test_who_may(listed, sign_in, staff_cleaning, auditor, outsider, head_cleaning):
    for user in (staff_cleaning, auditor, outsider):
        assert sign_in(user).get(URL).status_code == 403
        assert sign_in(user).post(URL).status_code == 403
        assert "data-hx-include" not in sign_in(user).get("/risks/").content.decode()
    assert sign_in(head_cleaning).get(URL).status_code == 200


def test_the_ticked_as_a_file(listed, manager, sign_in, head_cleaning):
    def codes(client, query):
        text = b"".join(client.get(f"/risks/export/?format=csv&{query}").streaming_content)
        return [line.split(",")[0] for line in text.decode("utf-8-sig").splitlines()[1:]]

    assert codes(manager, "list=&pick=R001&pick=R003") == ["R001", "R003"]
    assert codes(manager, "list=department%3DTECH&whole=1&pick=R001") == ["R002"]
    assert codes(sign_in(head_cleaning), "list=&pick=R001&pick=R002") == ["R001"]
