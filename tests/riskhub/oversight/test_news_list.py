import pytest

from tests.builders import make_risk

pytestmark = pytest.mark.django_db


def test_the_page_by_week_and_kind(register, risk_manager, sign_in):
    make_risk(register, by=risk_manager, title="漏水")
    client = sign_in(risk_manager)
    here = client.get("/feed/")
    assert [news.kind for news in here.context["news"]] == ["register"]
    assert here.context["following"] is None
    assert client.get("/feed/?kind=levels").context["news"] == []
    before = client.get(f"/feed/?week={here.context['week'].previous.monday}")
    assert (before.context["news"], before.context["following"]) == ([], here.context["week"])
    for odd in ("week=2999-01-01", "week=x", "kind=nothing"):
        assert len(client.get(f"/feed/?{odd}").context["news"]) == 1


def test_the_part_is_only_the_part(register, risk_manager, sign_in):
    part = sign_in(risk_manager).get(
        "/feed/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="news-rows"
    ).content.decode()  # fmt: skip
    assert part.strip().startswith('<div id="news-rows"')
    assert "<html" not in part
