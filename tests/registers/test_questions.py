"""A filing that waits for its filer's answer is work of theirs, counted as such."""

import re
from uuid import uuid4

import pytest

from registers.services import answer_proposal, ask_filer, file_proposal

ASKED = "/m/mine/?view=asked"


@pytest.fixture
def filings(staff_cleaning, staff_repair, clean, repair, risk_manager):
    """Three of the cleaner's, two of which wait for an answer; one of somebody else's waits, too."""

    def filed(by, text, department):
        return file_proposal(by=by, client_uuid=uuid4(), text=text, department=department)[0]

    first, second, third = (filed(staff_cleaning, f"第{n}件", clean) for n in "一二三")
    other = filed(staff_repair, "别人的", repair)
    for each in (second, first, other):
        ask_filer(each, by=risk_manager, question="在哪一层？")
    return [first, second, third]


def section_of(page):
    (found,) = (each for each in page.context["sections"] if each.url == ASKED)
    return found


@pytest.mark.parametrize("url", ["/", "/my/"])
def test_what_waits_for_an_answer_is_counted_and_leads_there(
    filings, sign_in, staff_cleaning, risk_manager, url
):
    client, (first, second, third) = sign_in(staff_cleaning), filings
    section = section_of(client.get(url))
    assert (section.count, section.more, section.hint) == (2, 0, "")
    assert [row.action_url for row in section.rows] == [
        f"/m/filed/{each.pk}/answer" for each in (second, first)
    ]
    assert {client.get(row.action_url).status_code for row in section.rows} == {200}
    assert {client.get(row.url).status_code for row in section.rows} == {200}
    answer_proposal(first, by=staff_cleaning, text="三层")
    assert section_of(client.get(url)).count == 1
    assert [each.pk for each in client.get(ASKED).context["page"]] == [second.pk]
    assert third.state == "submitted"


def test_it_is_part_of_all_that_waits(filings, sign_in, staff_cleaning):
    page = sign_in(staff_cleaning).get("/")
    assert page.context["waiting"] == sum(each.count for each in page.context["sections"]) == 2


def test_the_list_that_the_number_opens_has_exactly_these(filings, sign_in, staff_cleaning):
    client = sign_in(staff_cleaning)
    page = client.get(ASKED)
    words = page.content.decode()
    assert page.context["page"].count == 2
    assert ("第三件" in words, 'href="/m/mine/"' in words) == (False, True)
    assert client.get("/m/mine/").context["page"].count == 3


def test_nothing_asked(sign_in, head_cleaning):
    client = sign_in(head_cleaning)
    assert ASKED not in {each.url for each in client.get("/").context["sections"]}
    assert section_of(client.get("/my/")).count == 0
    page = client.get(ASKED)
    assert (page.status_code, page.context["page"].count) == (200, 0)
    assert "没有人就你上报的内容提问。" in page.content.decode()


def test_ones_filings_on_the_home_page_lead_to_their_receipts(filings, sign_in, staff_cleaning):
    client = sign_in(staff_cleaning)
    found = re.findall(r'href="(/m/filed/\d+)"', client.get("/").content.decode())
    assert set(found) == {f"/m/filed/{each.pk}" for each in filings}
    (section,) = (each for each in client.get("/my/").context["sections"] if each.url == "/m/mine/")
    assert {row.url for row in section.rows} == {f"/m/filed/{each.pk}" for each in filings}


def test_as_many_queries_for_three_as_for_one(
    sign_in, staff_cleaning, clean, risk_manager, queries
):
    client = sign_in(staff_cleaning)
    counts = set()
    for number in range(3):
        filing, _is_new = file_proposal(
            by=staff_cleaning, client_uuid=uuid4(), text=f"第 {number} 件", department=clean
        )
        ask_filer(filing, by=risk_manager, question="在哪一层？")
        counts.add((queries(client, "/"), queries(client, "/my/")))
    assert len(counts) == 1
