"""Pasted people become accounts, each with a link to hand over."""

from riskhub.accounts.models import User

URL = "/setup/people/"
TEXT = "王芳，wang.fang，OPS，员工\n马文斌，ma，，审批人，ma@example.com"


def test_accounts_with_links(as_founder, client):
    assert as_founder.post(URL, {"people": TEXT})["Location"] == "/setup/scope/"
    assert User.objects.get(username="ma").email == "ma@example.com"
    links = as_founder.get(URL).context["links"]
    assert [one["name"] for one in links] == ["王芳", "马文斌"]
    assert client.get(links[0]["url"], follow=True).status_code == 200


def test_the_same_again_makes_nobody_twice(as_founder):
    for _time in range(2):
        as_founder.post(URL, {"people": TEXT})
    assert User.objects.filter(username__in=["wang.fang", "ma"]).count() == 2
    assert len(as_founder.get(URL).context["links"]) == 2


def test_one_fault_and_nobody_is_made(as_founder, part):
    response = part(as_founder, URL, "setup-form", {"people": TEXT + "\n甲，a，火星部"})
    assert response.status_code == 422
    assert "第 3 行" in response.content.decode()
    assert "王芳，wang.fang" in response.content.decode()
    assert not User.objects.filter(username="ma").exists()


def test_each_line_that_the_accounts_refuse_is_said_and_counted(as_founder, founder, part):
    text = f"{TEXT}\n甲，{founder.username}\n乙，b，，，ma@example.com\n{'长' * 101}，c"
    response = part(as_founder, URL, "setup-form", {"people": text})
    errors = response.context["form"].errors["people"]
    assert [words[:5] for words in errors] == ["第 3 行", "第 4 行", "第 5 行"]
    assert "有 3 处需要修改" in response.content.decode()
    assert "王芳，wang.fang" in response.content.decode()
    assert not User.objects.filter(username="ma").exists()


def test_what_the_account_refuses_is_said(as_founder, part):
    response = part(as_founder, URL, "setup-form", {"people": "甲,a a"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["people"])


def test_nobody_may_be_added(as_founder):
    assert as_founder.post(URL, {"people": ""})["Location"] == "/setup/scope/"


def test_back_keeps_the_text(as_founder):
    typed = {"people": "王芳，wang", "go": "back"}
    assert as_founder.post(URL, typed)["Location"] == "/setup/company/"
    assert as_founder.get(URL).context["form"]["people"].value() == "王芳，wang"
