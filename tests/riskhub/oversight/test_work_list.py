from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.cast import make_user
from tests.controls import Controls, controls_of


@pytest.fixture
def url(db):
    return reverse("oversight:work_list")


@pytest.fixture
def english(risk_manager):
    risk_manager.locale = "en"
    risk_manager.save(update_fields=["locale"])
    return risk_manager


def test_what_was_given_up_can_be_retried(sign_in, english, dead_work, url):
    work = dead_work()
    page = sign_in(english).get(url).content.decode()
    assert work.error in page
    assert "A service that it needs does not answer." in page
    assert f'action="{reverse("oversight:work_retry", args=[work.pk])}"' in page


def test_what_waits_is_said_with_its_time(sign_in, english, url):
    later = timezone.now() + timedelta(hours=1)
    Work.objects.create(kind="notice.mail", dedupe="a", run_after=later)
    Work.objects.create(kind="notice.mail", dedupe="b")
    busy = timezone.now() + timedelta(minutes=10)
    Work.objects.create(kind="notice.mail", dedupe="c", lease_until=busy)
    response = sign_in(english).get(url)
    assert response.context["health"].waiting == 3
    assert [work.dedupe for work in response.context["waiting"]] == ["b", "c", "a"]


def test_silence_is_said_until_a_sweep_came_to_its_end(sign_in, english, url, monkeypatch):
    monkeypatch.setattr("riskhub.work.services.derivers", lambda: ())
    client = sign_in(english)
    assert client.get(url).context["health"].is_silent
    sweep_work()
    health = client.get(url).context["health"]
    assert not health.is_silent
    assert health.swept_at is not None
    Work.objects.update(done_at=timezone.now() - timedelta(minutes=6))
    assert client.get(url).context["health"].is_silent


@pytest.mark.parametrize("name", ["approver", "head_cleaning", "outsider"])
def test_only_those_who_keep_it_running_see_it(sign_in, request, url, name):
    assert sign_in(request.getfixturevalue(name)).get(url).status_code == 403


def test_an_auditor_reads_it_and_starts_nothing(sign_in, english, auditor, dead_work, url):
    work = dead_work()
    Work.objects.create(kind="notice.mail", dedupe="b")
    client = sign_in(auditor)
    page, theirs = client.get(url), sign_in(english).get(url)
    assert (list(page.context["page"]), page.context["health"].waiting) == ([work], 1)
    assert work.error in page.text
    assert controls_of(page) == []
    assert controls_of(theirs) == ["form", "input", "button"]
    assert Controls(page.text).links.count(url) == 1  # in the menu
    assert client.post(reverse("oversight:work_retry", args=[work.pk])).status_code == 403
    work.refresh_from_db()
    assert work.state == "dead"


def test_an_auditor_of_one_department_does_not(sign_in, tech, url):
    reader = make_user("auditor.tech", "孙悦", "auditor", tech)
    assert sign_in(reader).get(url).status_code == 403


def test_the_administrator_sees_it(sign_in, admin, url):
    assert sign_in(admin).get(url).status_code == 200


def test_nobody_signed_in_goes_to_the_sign_in_page(sign_in, url):
    assert sign_in().get(url).headers["Location"] == f"{reverse('account_login')}?next={url}"


def test_the_part_alone(sign_in, english, dead_work, url):
    dead_work()
    headers = {"HX-Request": "true", "HX-Target": "dead-work"}
    page = sign_in(english).get(url, headers=headers).content.decode()
    assert page.strip().startswith('<section class="rh-card" id="dead-work"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(
    sign_in, english, dead_work, url, queries
):
    dead_work("1")
    one = queries(sign_in(english), url)
    dead_work("2")
    dead_work("3")
    assert queries(sign_in(english), url) == one
