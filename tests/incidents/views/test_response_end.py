import pytest

from incidents.models import ContingencyActivation

pytestmark = pytest.mark.django_db


def end(client, run, summary):
    return client.post(f"/m/response/{run.pk}/end", {"summary": summary})


def test_with_a_sentence_on_how_it_went(sign_in, run, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert client.get(f"/m/response/{run.pk}/end").status_code == 200
    assert end(client, run, " ").status_code == 422
    assert end(client, run, "人已送医").status_code == 302
    assert ContingencyActivation.objects.get().summary == "人已送医"
    assert end(client, run, "又一次").status_code == 409


def test_what_the_service_refuses_stands_at_the_field(sign_in, run, staff_cleaning):
    response = end(sign_in(staff_cleaning), run, "字" * 2001)
    assert (response.status_code, [*response.context["form"].errors]) == (422, ["summary"])


def test_who_may_not(sign_in, run, auditor, head_repair):
    codes = [end(sign_in(user), run, "好").status_code for user in (auditor, head_repair)]
    assert codes == [403, 404]
