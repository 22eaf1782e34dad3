"""A risk is called by the name in the reader's language; where there is none, by the one it has."""

import pytest
from django.utils.translation import override

from registers.models import LibraryRisk, RiskOrigin
from registers.services import adopt_risks
from riskhub.notices.models import Notice
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lang", "other", "names"),
    [
        ("zh-hans", "Water leaks", {"zh-hans": "漏水", "en": "Water leaks"}),
        ("zh-hans", "", {"zh-hans": "漏水", "en": "漏水"}),
        ("en", "Water leaks", {"zh-hans": "Water leaks", "en": "漏水"}),
    ],
)
def test_the_names_in_each_language(register, risk_manager, lang, other, names):
    risk = make_risk(register, by=risk_manager, title="漏水", title_alt=other, lang=lang)
    assert risk.names == names
    for language, name in names.items():
        with override(language):
            assert (risk.name, str(risk)) == (name, f"R001 {name}")


def test_notices_name_it_so(register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager, title="漏水", title_alt="Water leaks")
    assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=approver)
    make_plan(risk, by=risk_manager, submitted=True)
    told = Notice.objects.filter(user=approver).order_by("pk")
    with override("en"):
        assert [notice.title for notice in told] == [
            "The assessment of R001 Water leaks waits for confirmation",
            "RP-001 for R001 Water leaks waits for your decision",
        ]
    with override("zh-hans"):
        assert [notice.title for notice in told] == [
            "R001 漏水：评估待确认",
            "R001 漏水：RP-001 等你决定",
        ]


def test_where_it_comes_from_in_the_language_of_the_reader(register, risk_manager, sign_in):
    with override("zh-hans"):
        (risk,) = adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
    risk_manager.locale = "en"
    risk_manager.save()
    (origin,) = sign_in(risk_manager).get(risk.get_absolute_url()).context["origins"]
    with override("en"):
        assert origin.name == LibraryRisk.objects.first().body["title"]["en"]
    stored = RiskOrigin.objects.get().label
    with override("zh-hans"):
        named = RiskOrigin.objects.named().get().name
        assert named == LibraryRisk.objects.first().body["title"]["zh"] == stored
    LibraryRisk.objects.all().delete()
    assert RiskOrigin.objects.named().get().name == stored
    RiskOrigin.objects.update(kind="import", label="台账.xlsx")
    assert RiskOrigin.objects.named().get().name == "台账.xlsx"


@pytest.mark.parametrize(
    ("kind", "label", "name"),
    [
        ("import", "台账 2026.xlsx 2", "台账 2026.xlsx, row 2"),
        ("import", "台账 2026.xlsx", "台账 2026.xlsx"),
        ("import", "2", "2"),
        ("proposal", "楼道 2", "楼道 2"),
    ],
)
def test_the_row_of_a_file_is_called_so(kind, label, name):
    with override("en"):
        assert RiskOrigin(kind=kind, label=label).name == name
