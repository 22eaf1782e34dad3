"""The risks that look like a filing: by pairs of characters and by words; what is rare weighs more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registers.alike import Suggestion, risks_like, shown_of, source_of, suggest, usual_category
from registers.models import LibraryRisk, Risk, RiskArea, RiskCategory, RiskProposal
from registers.services import close_risk, undo_risks
from riskhub.search import alike
from riskhub.search.alike import weigh
from tests.builders import make_risk


@pytest.fixture
def make(register, risk_manager):
    def made(title, event="发生", **fields):
        return make_risk(register, by=risk_manager, title=title, event=event, **fields)

    return made


def codes(alikes):
    return [each.risk.code for each in alikes]


def test_the_most_alike_first_in_chinese(make, risk_manager):
    make("热水器支架断裂", "热水器掉落砸伤人")
    make("水管漏水", "维修后漏水")
    make("钥匙丢失", "客户家的钥匙被偷")
    found = risks_like(risk_manager, "热水器支架断裂，从墙上掉落，差点砸到孩子")
    assert codes(found) == ["R001"]
    assert found[0].is_very
    assert found[0].share == round(found[0].likeness * 100) > 40
    assert codes(risks_like(risk_manager, "修完水管还在漏水，热水器也没装好")) == ["R002", "R001"]


def test_in_english_by_words_and_not_by_the_small_ones(make, risk_manager):
    make("Water leak after a repair", "the pipe leaks again", lang="en")
    make("Key lost", "the key of the customer is not where it was", lang="en")
    assert codes(risks_like(risk_manager, "the PIPE leaks after the repair")) == ["R001"]
    assert risks_like(risk_manager, "it was not where the") == []


def test_an_english_name_is_found_beside_a_chinese_one(make, risk_manager):
    make("水管漏水", title_alt="Water leak after a repair")
    assert codes(risks_like(risk_manager, "water leak in the kitchen")) == ["R001"]


@pytest.mark.parametrize(
    "text", ["", "的", "完全不同的一件事", "'); -- \\' & | ! <-> :*", "😀 \u3400"]
)
def test_nothing_alike(make, risk_manager, text):
    make("热水器支架断裂")
    assert risks_like(risk_manager, text) == []


def test_one_word_in_common_is_chance(make, risk_manager):
    make("给药错误", "健康受损，老人住院")
    make("Acid cleaner on stone", "the worktop of the customer is stained", lang="en")
    for text in ("新来的阿姨没有健康证", "the dog of the neighbour bit our cleaner"):
        assert risks_like(risk_manager, text) == []
    assert codes(risks_like(risk_manager, "给药错误和健康证")) == ["R001"]


def test_but_a_filing_of_one_word_has_no_more_to_share(make, risk_manager):
    make("水管漏水")
    assert codes(risks_like(risk_manager, "漏水")) == ["R001"]


def test_five_at_most(make, risk_manager):
    for _n in range(7):
        make("热水器支架断裂")
    assert codes(risks_like(risk_manager, "热水器支架断裂")) == [f"R00{n}" for n in range(1, 6)]


def test_only_open_ones_and_not_itself(make, risk_manager):
    closed, undone, itself, _open = (make("热水器支架断裂") for _n in range(4))
    close_risk(closed, by=risk_manager, reason="停了")
    undo_risks([undone], by=risk_manager, acts=[], reason="误传")
    assert codes(risks_like(risk_manager, "热水器支架断裂", but=itself)) == ["R004"]


def test_only_what_the_user_sees_and_merging_only_into_what_they_keep(
    make, risk_manager, head_cleaning, ops_manager, auditor, tech
):
    make("热水器支架断裂")
    make("热水器支架断裂", department=tech)
    text = "热水器支架断裂"

    def seen(user):
        return [(each.risk.code, each.may_merge) for each in risks_like(user, text)]

    assert seen(risk_manager) == [("R001", True), ("R002", True)]
    assert seen(ops_manager) == [("R001", True)]
    assert seen(head_cleaning) == [("R001", False)]
    assert seen(auditor) == [("R001", False), ("R002", False)]


def test_a_long_text_is_heard_from_its_beginning(make, risk_manager):
    make("热水器支架断裂")
    filler = "".join(chr(0x4E00 + n) for n in range(1900))
    assert len(weigh(filler, Risk).ways_in) == 40
    assert risks_like(risk_manager, filler + "热水器支架断裂") == []
    assert codes(risks_like(risk_manager, "热水器支架断裂" + filler[:100])) == ["R001"]


def test_what_every_row_says_weighs_nothing_and_what_few_say_weighs_more(db, as_owner):
    """As the last ANALYZE has counted it; before the first, everything is rare."""
    as_owner.execute("ANALYZE registers_libraryrisk")
    weighed = weigh("客户的热水器没有漏电保护，一氧化碳", LibraryRisk)
    said = {term: weight for weight, terms in weighed.terms.items() for term in terms}
    assert "客户" not in said
    assert said["保护"] < said["电保"] == 3


@pytest.mark.parametrize(
    ("share", "weight"), [(0.0, 3), (0.019, 3), (0.02, 2), (0.099, 2), (0.1, 1), (0.29, 1)]
)
def test_the_rarer_the_heavier(share, weight):
    assert alike._weight(share) == weight


def test_known_terms_lead_to_rows_until_there_are_too_many():
    shares = {"多": 0.03, "少": 0.01, "无": 0.0, "满": 0.05}
    assert alike._known(shares, 100_000) == [("'少'", 3, 4000), ("'多'", 2, 4000)]
    assert alike._known(shares, 10_000)[-1] == ("'满'", 2, 4000)
    assert alike._unknown(shares) == [("'无'", 3, 250)]


def test_as_many_queries_for_seven_as_for_one(make, risk_manager):
    def count():
        with CaptureQueriesContext(connection) as captured:
            risks_like(risk_manager, "热水器支架断裂")
        return len(captured)

    make("热水器支架断裂")
    count()  # the roles of the user are read once
    one = count()
    for _n in range(6):
        make("热水器支架断裂")
    assert count() == one == 2


class TestSuggestion:
    @pytest.fixture
    def proposal(self, ops, staff_cleaning):
        return RiskProposal.objects.create(
            text="热水器支架断裂", department=ops, submitter=staff_cleaning
        )

    def test_what_most_of_them_have_weighed_by_likeness(self, make, risk_manager, proposal):
        areas = {code: RiskArea.objects.get(code=code) for code in ("property", "quality")}
        make("热水器支架断裂", "热水器支架断裂", category="technical", area=areas["property"])
        make("热水器不热，客户等了两天", category="management", area=areas["quality"])
        alikes = risks_like(risk_manager, proposal.text)
        found = suggest(proposal, alikes)
        assert (found.category.code, found.area.code, found.after) == (
            "technical", "property", "R001，R002",
        )  # fmt: skip
        assert shown_of(alikes) == [
            {"code": each.risk.code, "share": each.share} for each in alikes
        ]

    def test_a_term_that_is_out_of_use_is_not_suggested(self, make, risk_manager, proposal):
        make("热水器支架断裂", area=RiskArea.objects.get(code="property"))
        RiskArea.objects.filter(code="property").update(is_active=False)
        found = suggest(proposal, risks_like(risk_manager, proposal.text))
        assert (found.category.code, found.area) == ("operational", None)

    def test_where_nothing_is_alike_the_library_says_it(self, proposal):
        proposal.text = "离职的同事还知道客户家门锁密码"
        found = suggest(proposal, [])
        entry = next(e for e in LibraryRisk.objects.all() if e.title == found.after)
        assert proposal.text[5:9] in str(entry.body["examples"]) or entry.area == found.area.code
        assert found.category == RiskCategory.objects.get(code=entry.body["category"])

    def test_the_category_of_most_in_a_register_that_are_open_and_in_view(
        self, make, register, risk_manager, ops_manager, tech
    ):
        assert usual_category(risk_manager, register) is None
        for category in ("technical", "management", "management"):
            make("甲", category=category)
        closed = make("乙", category="technical")
        for _n in range(2):
            make("丙", category="technical", department=tech)
        close_risk(closed, by=risk_manager, reason="停了")
        assert usual_category(risk_manager, register).code == "technical"
        assert usual_category(ops_manager, register).code == "management"

    def test_where_that_says_nothing_either_a_person_decides(self, proposal):
        proposal.text = "嗯"
        assert suggest(proposal, []) == Suggestion(None, None, source_of(proposal), "")

    @pytest.mark.parametrize(
        ("kinds", "code"),
        [
            ([], "internal_record"),
            (["idea"], "internal_record"),
            (["angry", "hurt"], "customer_complaint"),
            (["near_miss"], "incident"),
            (["danger", "idea"], "incident"),
        ],
    )
    def test_the_source_by_what_was_ticked(self, proposal, kinds, code):
        proposal.kinds = kinds
        assert source_of(proposal).code == code
