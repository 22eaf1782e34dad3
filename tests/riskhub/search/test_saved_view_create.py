"""Keeping what a list shows under a name."""

import pytest
from django.db import IntegrityError, transaction

from riskhub.search import services
from riskhub.search.models import SavedView
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/views/new/?of=registers:risk_list"
CHOSEN = "&level=high&level=low&group=area&columns=level,owner&page=3&open=R001&saved=9&x=1"


def test_what_the_list_shows_is_kept(sign_in, risk_manager):
    client, trail = sign_in(risk_manager), Trail()
    assert client.get(URL + CHOSEN).status_code == 200
    answer = client.post(URL + CHOSEN, {"name": " 周会 ", "is_pinned": "on"})
    view = SavedView.objects.get()
    assert (view.name, view.owner, view.is_pinned, view.shared_with) == (
        "周会",
        risk_manager,
        True,
        "none",
    )
    assert view.query == {"level": ["high", "low"], "group": ["area"]}
    assert view.columns == ["level", "owner"]
    shown = "/risks/?group=area&level=high&level=low&columns=level%2Cowner"
    assert answer["Location"] == f"{shown}&saved={view.pk}"
    assert trail.events() == [("saved_view.created", "search_savedview", "insert")]
    assert messages_of(client.get(answer["Location"])) == ["视图“周会”已保存。"]


def test_a_name_is_used_once(sign_in, risk_manager, auditor, view):
    again = sign_in(risk_manager).post(URL, {"name": "高风险"})
    assert again.status_code == 422
    assert "你已有同名视图" in again.content.decode()
    assert sign_in(auditor).post(URL, {"name": "高风险"}).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(page=view.page, owner=risk_manager, name="高风险")


@pytest.mark.parametrize("name", ["", "   ", "字" * 61])
def test_what_is_no_name(sign_in, risk_manager, name):
    assert sign_in(risk_manager).post(URL, {"name": name}).status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("who", "sharing"),
    [
        ("risk_manager", ["none", "all"]),
        ("head_cleaning", ["none", "department"]),
        ("staff_cleaning", ["none"]),
        ("auditor", ["none"]),
    ],
)
def test_with_whom_one_may_share(request, sign_in, who, sharing):
    user = request.getfixturevalue(who)
    client = sign_in(user)
    form = client.get(URL).context["form"]
    assert [key for key, _words in form.fields["shared_with"].choices] == sharing
    for key in ("none", "department", "all"):
        answer = client.post(URL, {"name": key, "shared_with": key})
        assert answer.status_code == (302 if key in sharing else 422)
    kept = SavedView.objects.values_list("shared_with", "department__code")
    assert sorted(kept) == [
        (key, "OPS" if key == "department" else None) for key in sorted(sharing)
    ]


@pytest.mark.parametrize("of", ["", "?of=home", "?of=registers:risk_detail"])
def test_a_list_without_views(sign_in, risk_manager, of):
    assert sign_in(risk_manager).get(f"/views/new/{of}").status_code == 400


def test_more_than_a_view_can_hold(sign_in, risk_manager, monkeypatch):
    client = sign_in(risk_manager)
    assert client.post(f"{URL}&q={'字' * 500}", {"name": "长"}).status_code == 422
    monkeypatch.setattr(services, "MOST_VIEWS", 1)
    assert client.post(URL, {"name": "一"}).status_code == 302
    assert client.post(URL, {"name": "二"}).status_code == 422
    assert SavedView.objects.count() == 1
