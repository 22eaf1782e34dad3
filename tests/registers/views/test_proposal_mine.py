from uuid import uuid4

import pytest

from registers.services import accept_proposal, decline_proposal, file_proposal
from tests.photos import kept_photo
from tests.registers.pages import links_of, main_of
from tests.registers.services.test_risks import draft

URL = "/m/mine/"


@pytest.fixture
def filings(staff_cleaning, staff_repair, clean, repair, register, risk_manager):
    def file(by, text, department):
        return file_proposal(by=by, client_uuid=uuid4(), text=text, department=department)[0]

    accept_proposal(file(staff_cleaning, "第一件", clean), draft(register), by=risk_manager)
    decline_proposal(file(staff_cleaning, "第二件", clean), by=risk_manager, reason="已有 R003")
    file(staff_cleaning, "第三件", clean)
    file(staff_repair, "别人的", repair)


def test_what_became_of_each_newest_first(filings, sign_in, staff_cleaning):
    words = main_of(sign_in(staff_cleaning).get(URL))
    assert words.index("第三件") < words.index("第二件") < words.index("第一件")
    assert "R001" in words
    assert "已有 R003" in words
    assert "陈静" in words
    assert "别人的" not in words


def test_nothing_filed(sign_in, head_cleaning, auditor):
    page = sign_in(head_cleaning).get(URL)
    assert "/m/new" in links_of(page)
    reader = sign_in(auditor).get(URL)
    assert (reader.status_code, "/m/new" in links_of(reader)) == (200, False)


def test_as_many_queries_for_three_as_for_one(sign_in, staff_cleaning, clean, queries):
    client = sign_in(staff_cleaning)
    for colours in (["red"], ["green", "blue"]):
        for colour in colours:
            file_proposal(
                by=staff_cleaning, client_uuid=uuid4(), text=colour, department=clean,
                photos=[kept_photo(colour)],
            )  # fmt: skip
        count = queries(client, URL)
        if colours == ["red"]:
            first = count
    assert count == first


def test_page_by_page(sign_in, staff_cleaning, clean):
    for number in range(22):
        file_proposal(
            by=staff_cleaning, client_uuid=uuid4(), text=f"第 {number} 件", department=clean
        )
    client = sign_in(staff_cleaning)
    assert len(client.get(URL).context["page"]) == 20
    assert len(client.get(f"{URL}?page=2").context["page"]) == 2


def test_only_read(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).post(URL).status_code == 405


def test_as_many_queries_for_three_that_became_risks(
    sign_in, staff_cleaning, clean, register, risk_manager, queries
):
    client, counts = sign_in(staff_cleaning), set()
    for number in range(3):
        filing, _new = file_proposal(
            by=staff_cleaning, client_uuid=uuid4(), text=f"第 {number} 件", department=clean
        )
        accept_proposal(filing, draft(register, owner_department=clean), by=risk_manager)
        counts.add(queries(client, URL))
    assert len(counts) == 1
