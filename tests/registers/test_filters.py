from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from registers.columns import DEFAULT
from registers.filters import ORDERS, RiskFilter
from registers.listing import address, views_of
from registers.listing.headings import columns_of, headings_of
from registers.models import Risk, RiskArea, RiskSource, ServiceLine
from registers.services import close_risk, create_register
from registers.terms import terms_for
from tests.builders import assess, make_plan, make_risk


@pytest.fixture
def people(register, risk_manager, second_manager, head_cleaning, ops, tech, clean):
    """R001 High OPS, R002 Low TECH in register TECH, R003 CLEAN unrated, R004 closed."""
    other = create_register(
        by=risk_manager, code="TECH", name_zh="技术", name_en="Technical", department=tech
    )
    area = RiskArea.objects.get(code="property")
    today = timezone.localdate()
    care, repair = ServiceLine.objects.order_by("order")[:2]
    first = make_risk(
        register, by=risk_manager, title="丙", area=area, owner=head_cleaning,
        next_review_on=today - timedelta(3), service_lines=[care, repair],
    )  # fmt: skip
    second = make_risk(
        other, by=risk_manager, title="甲", category="technical", source="audit",
        owner_note="外包商李工", controllability="outside", service_lines=[care],
        business_importance=5, importance_reason="唯一供应商",
    )  # fmt: skip
    make_risk(register, by=risk_manager, title="乙", department=clean, owner=risk_manager)
    closed = make_risk(register, by=risk_manager, title="丁")
    close_risk(closed, by=risk_manager, reason="停办")
    assess(first, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assess(second, (2, 2), (1, 2), by=risk_manager)
    Risk.objects.filter(number=1).update(next_review_on=today - timedelta(3))
    Risk.objects.filter(number=2).update(next_review_on=today + timedelta(3))


def find(user, query=""):
    return [risk.code for risk in RiskFilter(QueryDict(query), user).qs]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["R001", "R002", "R003"]),
        ("state=open", ["R001", "R002", "R003"]),
        ("state=all", ["R001", "R002", "R003", "R004"]),
        ("state=closed", ["R004"]),
        ("state=identified", ["R003"]),
        ("register=TECH", ["R002"]),
        ("register=tech", ["R002"]),
        ("register=TECH&register=SVC", ["R001", "R002", "R003"]),
        ("department=OPS", ["R001", "R003"]),
        ("department=CLEAN", ["R003"]),
        ("department=TECH&department=CLEAN", ["R002", "R003"]),
        ("category=technical", ["R002"]),
        ("area=property", ["R001"]),
        ("area=none", ["R002", "R003"]),
        ("area=none&area=property", ["R001", "R002", "R003"]),
        ("line=none", ["R003"]),
        ("source=audit", ["R002"]),
        ("level=high", ["R001"]),
        ("level=high&level=low", ["R001", "R002"]),
        ("level=none", ["R003"]),
        ("level=none&level=low", ["R002", "R003"]),
        ("level=critical", []),
        ("owner=%E5%91%A8", ["R001"]),
        ("owner=risk.manager", ["R003"]),
        ("owner=%E6%9D%8E%E5%B7%A5", ["R002"]),
        ("q=%E6%BC%8F%E6%B0%B4", ["R001", "R002", "R003"]),
        ("q=R3", ["R003"]),
        ("view=above", ["R001"]),
        ("view=mine", ["R003"]),
        ("view=no_plan", ["R001"]),
        ("view=overdue", ["R001"]),
        ("level=high&department=TECH", []),
        ("probability=4&impact=3", ["R001"]),
        ("impact=2", ["R002"]),
        ("kind=inherent&probability=4&impact=4", ["R001"]),
        ("kind=inherent&level=none", ["R003"]),
        ("controllability=outside", ["R002"]),
        ("controllability=own&controllability=shared", ["R001", "R003"]),
        ("importance=5&importance=1", ["R002"]),
        ("strategy=none", ["R001", "R002", "R003"]),
        ("strategy=mitigate", []),
        ("plan=none&plan=draft", ["R001", "R002", "R003"]),
        ("review=overdue", ["R001"]),
        ("review=overdue&state=closed", []),
        ("review=soon", ["R002"]),
        ("review=none", ["R003"]),
        ("sort=-rank", ["R003", "R002", "R001"]),
        ("sort=code", ["R001", "R002", "R003"]),
        ("sort=-code", ["R003", "R002", "R001"]),
        ("sort=name", ["R001", "R003", "R002"]),
        ("sort=level", ["R002", "R001", "R003"]),
        ("sort=-level", ["R001", "R002", "R003"]),
        ("sort=review", ["R001", "R002", "R003"]),
        ("sort=-review", ["R002", "R001", "R003"]),
        ("register=&q=&owner=", ["R001", "R002", "R003"]),
    ],
)
def test_each_filter(people, risk_manager, query, codes):
    assert find(risk_manager, query) == codes


def test_of_several_service_lines_each_risk_once(people, risk_manager):
    care, repair = ServiceLine.objects.order_by("order")[:2]
    assert find(risk_manager, f"line={care.code}&line={repair.code}") == ["R001", "R002"]
    assert find(risk_manager, f"line={repair.code}") == ["R001"]


def test_by_every_source_that_found_it(people, register, risk_manager):
    audit = RiskSource.objects.get(code="audit")
    also = make_risk(register, by=risk_manager, sources=[audit])
    assert also.primary_source != audit
    assert find(risk_manager, "source=audit") == ["R002", also.code]
    assert also.code in find(risk_manager, f"source=audit&source={also.primary_source.code}")


def test_by_what_the_plan_says(people, risk_manager):
    make_plan(Risk.objects.get(number=1), by=risk_manager)
    for query in ("strategy=mitigate", "plan=draft"):
        assert find(risk_manager, query) == ["R001"]
    assert find(risk_manager, "strategy=mitigate&strategy=none") == ["R001", "R002", "R003"]
    assert find(risk_manager, "plan=none") == ["R002", "R003"]


def test_a_plan_takes_a_risk_off_the_list_of_those_without(people, risk_manager):
    make_plan(Risk.objects.get(number=1), by=risk_manager)
    assert find(risk_manager, "view=no_plan") == []


@pytest.mark.parametrize("sort", ORDERS)
def test_every_order_puts_each_risk_once(people, risk_manager, sort):
    assert sorted(find(risk_manager, f"sort={sort}&state=all")) == ["R001", "R002", "R003", "R004"]


@pytest.mark.parametrize(
    "query",
    [
        "register=NOPE",
        "department=OPS&department=NOPE",
        "level=terrible",
        "state=gone",
        "view=theirs",
        "sort=password",
        "category=1",
        "probability=6",
        "kind=worst",
        "line=NOPE",
        "importance=6",
        "controllability=mine",
        "strategy=hope",
        "plan=gone",
        "review=ever",
    ],
)
def test_what_does_not_exist_finds_nothing(people, risk_manager, query):
    filtered = RiskFilter(QueryDict(query), risk_manager)
    assert (list(filtered.qs), filtered.is_forged) == ([], True)


def test_another_department_cannot_be_named(people, head_repair, staff_cleaning):
    assert find(head_repair) == ["R002"]
    assert find(head_repair, "department=OPS") == []
    assert find(staff_cleaning, "register=TECH") == []
    assert find(staff_cleaning) == ["R003"]


def test_the_lists_are_read_in_one_query(people, head_cleaning, django_assert_num_queries):
    head_cleaning.roles  # noqa: B018 - read once per request
    with django_assert_num_queries(1):
        terms = terms_for(head_cleaning)
    assert terms.choices("register") == [("SVC", "服务风险登记表")]
    assert terms.choices("department") == [("OPS", "服务运营部"), ("CLEAN", "家庭保洁组")]
    assert [code for code, _name in terms.choices("category")] == [
        "operational",
        "technical",
        "management",
    ]
    assert len(list(terms.of("area"))) == 9
    assert len(list(terms.of("source"))) == 15
    assert len(list(terms.of("line"))) == ServiceLine.objects.count()
    RiskSource.objects.filter(code="audit").update(is_active=False)
    assert "audit" not in dict(terms_for(head_cleaning).choices("source"))


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", False),
        ("register=SVC&sort=name&state=open&page=2", False),
        ("view=above", True),
        ("view=above&register=SVC", True),
        ("state=all", True),
        ("q=x", True),
        ("q=&owner=", False),
    ],
)
def test_what_counts_as_narrowed(people, risk_manager, query, narrowed):
    assert RiskFilter(QueryDict(query), risk_manager).is_narrowed is narrowed


class TestListing:
    def test_a_view_keeps_all_that_is_chosen(self, people, risk_manager):
        query = "register=SVC&view=above&level=high&q=x&sort=name&page=3"
        filtered = RiskFilter(QueryDict(query), risk_manager)
        counts = {"all": 9, "above": 1, "mine": 2, "no_plan": 3, "overdue": 4}
        views = views_of(filtered, counts)
        assert [(v.url, v.count, v.is_current) for v in views] == [
            ("?register=SVC&level=high&q=x&sort=name", 9, False),
            ("?register=SVC&view=above&level=high&q=x&sort=name", 1, True),
            ("?register=SVC&view=mine&level=high&q=x&sort=name", 2, False),
            ("?register=SVC&view=no_plan&level=high&q=x&sort=name", 3, False),
            ("?register=SVC&view=overdue&level=high&q=x&sort=name", 4, False),
        ]

    def test_without_a_register_the_first_view_is_the_bare_page(self, people, risk_manager):
        counts = dict.fromkeys(("all", "above", "mine", "no_plan", "overdue"), 0)
        views = views_of(RiskFilter(QueryDict(""), risk_manager), counts)
        assert (views[0].url, views[0].is_current) == ("?", True)

    @pytest.mark.parametrize(
        ("query", "level", "code"),
        [
            ("", ("?sort=-level", "descending"), ("?sort=code", "")),
            ("sort=-level", ("?sort=level", "descending"), ("?sort=code", "")),
            ("sort=level", ("?sort=-level", "ascending"), ("?sort=code", "")),
            ("sort=code&q=a", ("?sort=-level&q=a", ""), ("?sort=-code&q=a", "ascending")),
            ("sort=-code&page=2", ("?sort=-level", ""), ("?sort=code", "descending")),
        ],
    )
    def test_a_heading_turns_its_order_round(self, people, risk_manager, query, level, code):
        filtered = RiskFilter(QueryDict(query), risk_manager)
        headings = headings_of(filtered, columns_of(DEFAULT))
        assert (headings[2].url, headings[2].aria) == level
        assert (headings[0].url, headings[0].aria) == code
        assert headings[3].url == ""

    @pytest.mark.parametrize(
        ("query", "short"),
        [
            ("", ""),
            ("state=open&q=&register=", ""),
            ("page=1&state=all", "?state=all"),
            ("page=2&level=high&level=low&owner=", "?page=2&level=high&level=low"),
        ],
    )
    def test_an_address_says_only_what_was_chosen(self, query, short):
        assert address(QueryDict(query)) == short
