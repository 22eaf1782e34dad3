"""The pages say what the snapshot says, in both languages, and nothing else."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.utils.translation import ngettext, override

from assessments.quarterly.pages import language
from assessments.quarterly.pages.attachments import quarterly_attachments
from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.document import quarterly_html
from assessments.quarterly.pages.summary import summary_page
from assessments.quarterly.pages.totals import totals_page
from riskhub.reports.canonical import digest_of, write_canonical
from tests.assessments.quarterly.pages.sample_snapshot import sample_snapshot


@pytest.fixture(scope="module")
def snapshot():
    return sample_snapshot(60)


@pytest.fixture(scope="module")
def english(snapshot):
    return quarterly_html(snapshot, "en", digest_of(write_canonical(snapshot)))


def text_of(html):
    body = re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def empty_snapshot():
    snapshot = sample_snapshot(0)
    lists = (
        "plans_waiting", "confirmations_waiting", "acceptances", "actions_overdue", "decisions",
        "closed", "sources",
    )  # fmt: skip
    nothing = {**dict.fromkeys(snapshot["controls"], 0), "results": {"effective": 0, "partly": 0}}
    snapshot["controls"] = nothing
    return {**snapshot, "levels_last": None, "last_as_of": None, **{name: [] for name in lists}}


def test_every_risk_is_printed_with_its_name(snapshot):
    for locale, key in (("zh-hans", "zh"), ("en", "en")):
        words = text_of(quarterly_html(snapshot, locale, "0" * 64))
        for risk in snapshot["risks"]:
            assert risk["code"] in words
            assert risk["name"][key] in words


def test_the_key_sentence_counts(snapshot, english):
    levels = [risk["level"] for risk in snapshot["risks"]]
    above = sum(level in {"high", "critical"} for level in levels)
    last = snapshot["levels_last"]
    decisions = sum(
        len(snapshot[name]) for name in ("plans_waiting", "confirmations_waiting", "acceptances")
    )
    assert (
        f"60 open risks: {above} above the appetite line (last report, as of 6 Jul 2026: "
        f"{last.get('high', 0) + last.get('critical', 0)}), {levels.count('critical')} of them "
        f"Critical; decisions asked of management: {decisions}."
    ) in text_of(english)


def test_all_sections_stand_in_the_contents_in_order(english):
    numbers = re.findall(r'<li><span class="n">([^<]+)</span><a href="#s', english)
    assert numbers == [str(n) for n in range(1, 16)] + ["A", "B", "C"]
    anchors = set(re.findall(r'href="#([^"]+)"', english))
    ids = re.findall(r'id="([^"]+)"', english)
    assert anchors <= set(ids)
    assert len(ids) == len(set(ids))


def test_heat_map_counts_are_those_of_the_snapshot(snapshot, english):
    for probability in range(1, 6):
        for impact in range(1, 6):
            count = sum(risk["residual"] == [probability, impact] for risk in snapshot["risks"])
            word = snapshot["matrix"]["cells"][impact - 1][probability - 1].title()
            risks = "risk" if count == 1 else "risks"
            assert f"Probability {probability}, impact {impact}, {word}: {count} {risks}" in english


def test_revision_hash_and_moment_stand_on_cover_and_foot(snapshot):
    digest = "0123456789abcdef" * 4
    html = quarterly_html(
        {
            **snapshot,
            "meta": {**snapshot["meta"], "revision": 2, "revision_reason": "漏导一份登记表"},
        },
        "en",
        digest,
    )
    words = text_of(html)
    assert f"{digest[:32]} {digest[32:]}" in words
    assert "2: 漏导一份登记表" in words
    foot = unescape(re.search(r'data-foot="([^"]+)"', html)[1])
    assert foot.split("  ·  ") == [
        "Data as of 8 Oct 2026 18:00 (UTC+8)", "scheme 1", "snapshot 0123456789ab",
    ]  # fmt: skip


def test_a_quarter_that_is_not_over_is_marked_on_every_page(snapshot):
    draft = {**snapshot, "meta": {**snapshot["meta"], "is_draft": True}}
    marked, final = (quarterly_html(s, "en", "0" * 64) for s in (draft, snapshot))
    assert '@top-center { content: "Draft: the quarter is not over"' in marked
    assert "Draft: the quarter" not in final


@pytest.fixture(scope="module")
def late(snapshot):
    """60 are open at the freeze, 57 were at the quarter's end."""
    movement = {**snapshot["movement"], "open_at_start": 55, "open_at_end": 57, "new": 3}
    return {**snapshot, "movement": movement}


def test_data_frozen_after_the_quarter_are_said_to_be(late):
    """On the cover, in the summary and above the movement, which is worded for the quarter."""
    words = text_of(quarterly_html(late, "en", "0" * 64))
    said = "Data as of 8 Oct 2026, 8 days after the quarter's end: 60 open then, 57 at the quarter"
    assert words.count(said) == 3
    assert "In the quarter: 3 new, 1 closed, 0 merged, 0 reopened; " in words
    assert "In the quarter the register went from 55 to 57 open risks: 3 new," in words


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_both_languages_name_both_numbers(late, locale):
    with override(locale):
        book = Book(late, "")
        days = ngettext(
            "Data as of %(day)s, %(count)d day after the quarter's end: %(now)d open then, %(end)d "
            "at the quarter's end.",
            "Data as of %(day)s, %(count)d days after the quarter's end: %(now)d open then, %(end)d "
            "at the quarter's end.",
            8,
        )
        sentence = days % {"day": language.day("2026-10-08"), "count": 8, "now": 60, "end": 57}
        assert book.frozen == sentence
        flow = summary_page(book)["sentences"][1].replace("；", ";").split(";")[0]
        assert [int(n) for n in re.findall(r"\d+", flow)] == [3, 1, 0, 0]
        key = totals_page(book)["key"]
        assert [int(n) for n in re.findall(r"\d+", key)] == [55, 57, 3, 0, 1, 0]


def test_a_draft_stands_within_its_quarter(late):
    draft = {**late, "meta": {**late["meta"], "is_draft": True}}
    words = text_of(quarterly_html(draft, "en", "0" * 64))
    assert "after the quarter's end" not in words
    assert "In the quarter" not in words
    assert "The register went from 55 to 57 open risks" in words


def test_the_day_after_the_quarter_is_one_day(snapshot):
    meta = {**snapshot["meta"], "as_of": "2026-10-01T00:00:00+08:00"}
    words = text_of(quarterly_html({**snapshot, "meta": meta}, "en", "0" * 64))
    assert "Data as of 1 Oct 2026, 1 day after the quarter's end: 60 open then, 60 at" in words


def test_what_is_compared_with_is_named_with_its_day(snapshot, english):
    """Frozen whenever it was: it is no state of the last quarter's end."""
    words = text_of(english)
    assert "last quarter" not in words.lower()
    total = sum(snapshot["levels_last"].values())
    assert re.search(rf"Total, last report \(as of 6 Jul 2026\) (\d+ ){{5}}{total}\b", words)
    assert "Total, this report" in words
    assert "Last report to this report: what happened last report as of 6 Jul 2026; moved" in words
    pictures = unescape(english)
    assert "Last report, 6 Jul 2026" in pictures
    assert "This report" in pictures


def test_a_snapshot_of_schema_1_is_still_printed(snapshot):
    """It does not hold the day; the other language of a stored report may be asked for at any time."""
    older = {key: value for key, value in snapshot.items() if key != "last_as_of"}
    words = text_of(quarterly_html({**older, "schema": 1}, "en", "0" * 64))
    assert "Total, last report (as of –)" in words


def test_an_empty_register_says_none_and_why():
    html = quarterly_html(empty_snapshot(), "en", "0" * 64)
    words = text_of(html)
    for sentence in (
        "None. No plan waits for approval.",
        "None. No action is overdue.",
        "None. No risk stands above the line.",
        "None. There is no report of the last quarter.",
        "None. No risk has a confirmed assessment yet.",
        "None. The register holds no open risk.",
        "Controls in use at the quarter's end: 0; checked in the quarter: 0, in 0 checks;",
        "None. No control was checked in the quarter.",
        "None. No open risk is High or Critical.",
        "None. No file was imported.",
    ):
        assert sentence in words
    assert "<tbody>\n</tbody>" not in html


def test_a_broken_chain_is_said_first(snapshot):
    broken = {**snapshot["anchors"], "result": "event 12 (seal 12) was changed"}
    words = text_of(quarterly_html({**snapshot, "anchors": broken}, "en", "0" * 64))
    assert "The audit chain is broken: event 12 (seal 12) was changed." in words


def test_markup_in_data_stays_text(snapshot):
    evil = "<img src=x onerror=alert(1)>'\"{{ 7|add:7 }}"
    risk = {**snapshot["risks"][0], "name": {"zh": evil, "en": evil}, "cause": evil}
    meta = {**snapshot["meta"], "company": {"zh": evil, "en": evil}, "is_draft": True}
    html = quarterly_html(
        {**snapshot, "risks": [risk, *snapshot["risks"][1:]], "meta": meta}, "en", "0" * 64
    )
    assert "<img" not in html
    assert "{{ 7|add:7 }}" in unescape(html)


class Balance(HTMLParser):
    """Elements that are opened and not closed, or the other way round."""

    VOID = frozenset({"meta", "link", "br", "img", "col", "hr", "input"})

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
@pytest.mark.parametrize("count", [0, 1, 60])
def test_markup_is_balanced_and_captions_are_numbered(locale, count):
    html = quarterly_html(sample_snapshot(count) if count else empty_snapshot(), locale, "0" * 64)
    balance = Balance()
    balance.feed(html)
    assert balance.open == []


def test_the_register_inside_is_complete_and_neutralised(snapshot):
    risk = {**snapshot["risks"][0], "name": {"zh": "=1+1", "en": "=1+1"}}
    attached = quarterly_attachments({**snapshot, "risks": [risk, *snapshot["risks"][1:]]}, "en")
    assert [item.name for item in attached] == ["register.csv"]
    lines = attached[0].content.splitlines()
    assert lines[0].startswith("\ufeffCode,Risk,Register,Category")
    assert len(lines) == 61
    assert lines[1].startswith(f"{risk['code']},'=1+1,")


def test_long_lists_are_cut_into_tables_of_forty():
    html = quarterly_html(sample_snapshot(500), "en", "0" * 64)
    appendix = html[html.index('id="sA"') : html.index('id="sB"')]
    rows = [part.count('<th scope="row"') for part in appendix.split("<table")[1:]]
    assert sum(rows) == 500
    assert max(rows) == 40


def test_a_risk_without_a_past_or_a_name_is_still_printed(snapshot):
    first, second, *others = snapshot["risks"]
    first = {**first, "last": None, "level_last": None, "is_new": True, "category": "unknown"}
    second = {**second, "last": None, "level_last": None, "is_new": False, "area": None}
    words = text_of(quarterly_html({**snapshot, "risks": [first, second, *others]}, "en", "0" * 64))
    assert "· new target" in words
    assert "· not rated in the last report target" in words
    assert "unknown" in words


def test_more_bars_than_fit_are_summed_up(snapshot):
    risks = [
        {**risk, "department": f"D{number:02d}"} for number, risk in enumerate(snapshot["risks"])
    ]
    html = quarterly_html({**snapshot, "risks": risks}, "en", "0" * 64)
    assert "46 others" in html


def test_words_for_what_is_missing():
    assert language.word({}, None) == language.figure(None) == language.NOTHING
    assert language.share(1, 0) == language.NOTHING
    assert language.word({}, "later") == "later"
    assert language.figure(0.2) == "0.2"
