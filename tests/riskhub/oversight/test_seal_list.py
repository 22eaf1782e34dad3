import re

import pytest
from django.db import connection

from riskhub.audit.models import AuditSeal
from riskhub.audit.services import seal_events
from riskhub.oversight import seals
from tests.builders import make_risk
from tests.horizon import wait_for_horizon

URL = "/audit/seals/"


@pytest.fixture
def sealed(register, risk_manager, transactional_db):
    make_risk(register, by=risk_manager)
    wait_for_horizon()
    assert seal_events() > 6


def numbers(page):
    assert page.status_code == 200
    return [seal.seq for seal, _told in page.context["rows"]]


@pytest.mark.django_db(transaction=True)
class TestSealed:
    def test_newest_first_page_by_page(self, sign_in, auditor, sealed, monkeypatch):
        monkeypatch.setattr(seals, "PER_PAGE", 4)
        client, before, found = sign_in(auditor), "", []
        while before is not None:
            page = client.get(URL, {"before": before})
            found += numbers(page)
            before = page.context["page"].older
        assert found == list(range(AuditSeal.objects.count(), 0, -1))

    def test_a_hash_that_was_kept_is_found_whole_or_by_its_beginning(
        self, sign_in, auditor, sealed
    ):
        client, third = sign_in(auditor), AuditSeal.objects.get(seq=3)
        for words in (third.hash, third.hash[:12], f" {third.hash.upper()} ", "3"):
            page = client.get(URL, {"q": words})
            assert numbers(page) == [3]
            assert third.hash in page.text
        for words in (third.hash[:11], "f" * 64, third.hash[:12] + "x", "999", "²"):
            page = client.get(URL, {"q": words})
            assert numbers(page) == []

    def test_it_says_what_each_stands_for_in_a_fixed_number_of_queries(
        self, sign_in, auditor, sealed, queries, monkeypatch
    ):
        client = sign_in(auditor)
        page = client.get(URL)
        seal, told = page.context["rows"][0]
        assert told.event.pk == seal.event_id
        assert f"/audit/{seal.event_id}/" in page.text
        monkeypatch.setattr(seals, "PER_PAGE", 1)
        one = queries(client, f"{URL}?before=4")
        monkeypatch.setattr(seals, "PER_PAGE", 3)
        assert queries(client, f"{URL}?before=4") == one

    def test_the_part_alone(self, sign_in, auditor, sealed):
        headers = {"HX-Request": "true", "HX-Target": "seal-rows"}
        page = sign_in(auditor).get(URL, headers=headers).text
        assert re.match(r'\s*<div class="rh-stack rh-stack-2" id="seal-rows"', page)
        assert "<h1>" not in page


def test_an_empty_chain(sign_in, auditor):
    assert numbers(sign_in(auditor).get(URL)) == []


@pytest.mark.parametrize("name", ["head_cleaning", "staff_cleaning", "outsider"])
def test_who_does_not_read_all_of_the_log_sees_no_seal(sign_in, request, name):
    assert sign_in(request.getfixturevalue(name)).get(URL).status_code == 403


def test_it_is_only_read(sign_in, auditor):
    assert sign_in(auditor).post(URL).status_code == 405


def test_a_hash_is_found_by_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "audit_seal_hash" in seals.seals_found("a" * 64).explain()
