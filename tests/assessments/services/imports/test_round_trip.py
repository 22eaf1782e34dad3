"""What was exported comes back as it was: names, texts, scores, people, and nothing computed."""

import pytest
from django.utils import translation

from assessments.models import Assessment
from assessments.services.imports import import_now, open_questions, preview_run, upload_register
from registers.models import Risk, RiskArea
from registers.reports import export_risks
from registers.services import create_register
from tests.builders import assess, make_risk

TITLES = [
    '=HYPERLINK("http://x","点")', "+1 加急单丢失", "-5% 折扣纠纷", "@所有人", "'=已经带撇号",
    "＝全角等号", "plain name", "客户家中漏水",
]  # fmt: skip
SAME = (
    "title", "cause", "event", "consequence", "category", "area", "primary_source", "owner_department",
    "owner", "owner_note", "reported_on",
)  # fmt: skip


@pytest.fixture
def risks(register, risk_manager, second_manager, tech):
    area = RiskArea.objects.get(code="property")
    for n, title in enumerate(TITLES):
        fields = {
            "event": f"={n}+1\n第二行",
            "cause": "+86 10 6555 1234" if n % 2 else "-1\t@x",
            "consequence": "损失",
            "category": "technical" if n % 3 else "management",
            "source": "interview" if n % 2 else "audit",
            "owner": second_manager if n == 1 else None,
            "owner_note": "=王师傅" if n == 2 else "",
        }
        department = tech if n % 2 else None
        risk = make_risk(
            register, by=risk_manager, title=title, department=department, area=area, **fields
        )
        if n != 3:
            inherent, residual = (1 + n % 5, 5 - n % 3), (1 + n % 5, 2)
            assess(risk, inherent, residual, by=risk_manager, confirmed_by=second_manager)
    return Risk.objects.filter(register=register).order_by("number")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_into_another_register_and_back(form, language, risks, ops, risk_manager):
    """Copies are wanted here: without their codes they are risks of their own."""
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    with translation.override(language):
        file = export_risks(risks, by=risk_manager, form=form)
    with file.content as content:
        run = upload_register(
            content.read(), by=risk_manager, filename=file.name, register_code="TWO",
            mapping={"columns": {"number": None}},
        )  # fmt: skip
    preview = preview_run(run)
    assert (open_questions(preview), preview.counts["create"]) == ([], len(TITLES))
    import_now(run, by=risk_manager)
    copies = Risk.objects.filter(register__code="TWO").order_by("number")
    assert list(copies.values_list(*SAME)) == list(risks.values_list(*SAME))
    assert scores(copies) == scores(risks)
    assert len(scores(copies)) == len(TITLES) - 1


def scores(risks):
    return list(
        Assessment.objects.filter(risk__in=risks)
        .order_by("risk__number")
        .values_list(
            "risk__title", "inherent_probability", "inherent_impact", "residual_probability",
            "residual_impact",
        )
    )  # fmt: skip
