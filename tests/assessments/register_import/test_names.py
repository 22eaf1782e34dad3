"""What column names mean, in both languages."""

import pytest

from assessments.register_import.names import normal_form, read_name, recognised_fields

MEANINGS = {
    ("number", ""): ["Risk ID", "No.", "#", "Risk #", "Ref", "hazard_id", "风险编号", "序号", "編號"],
    ("title", ""): [
        "Risk", "Threat", "Risk Name", "Risk Description", "Description of the risk / hazard", "风险描述",
        "风险点", "風險描述", "风险描述 Risk Description", "Potential Failure Mode", "风险具体内容",
        "廉政风险点", "WHAT CAN HAPPEN?",
    ],
    ("cause", ""): ["Root cause", "Cause(s)", "风险成因", "Causes of the risk"],
    ("consequence", ""): ["Impact Description", "clinical_impact", "可能导致的后果", "影响描述",
        "Who might be harmed and how?",
        "可能导致的事故",
    ],
    ("category", ""): ["Category", "Risk Type", "风险类别", "分类"],
    ("area", ""): ["Risk area", "风险领域"],
    ("source", ""): ["Source of risk", "发现来源"],
    ("owner", ""): ["Risk Owner(s)", "Who is responsible?", "责任人", "責任人", "Person Responsible",
        "Action by whom?",
    ],
    ("department", ""): ["Responsible department", "责任部门", "责任部门/责任人"],
    ("measures", ""): ["Mitigation / Controls", "Existing control measures", "应对措施", "Action Plan",
        "What are you already doing?", "What further action is necessary?",
    ],
    ("strategy", ""): ["Response strategy", "应对策略"],
    ("contingency", ""): ["Contingency Plan", "应急预案", "Plan B"],
    ("trigger", ""): ["Triggers", "触发条件"],
    ("status", ""): ["Risk status", "Current status", "状态"],
    ("identified_on", ""): ["Date Identified", "识别日期"],
    ("due_on", ""): ["Target date", "完成时间", "Action by when?"],
    ("next_review_on", ""): ["Next review", "Review due", "下次复核", "下次评审日期"],
    ("business_importance", ""): ["Importance", "Business importance", "重要性", "业务重要性"],
    ("service_lines", ""): ["Service lines", "Line of business", "服务线", "业务线"],
    ("notes", ""): ["Notes", "备注", "Further comments"],
    ("level", ""): ["Risk level", "Priority band", "风险等级"],
    ("level", "residual"): ["residual_risk", "Residual band", "修订后的等级", "剩余风险等级"],
    ("level", "inherent"): ["initial_risk", "Inherent risk rating"],
    ("score", ""): ["Risk value", "Likelihood x Impact", "LxI", "概率×影响", "风险系数", "Risk score 0-100"],
    ("score", "residual"): ["Net risk score"],
    ("probability", ""): [
        "Probability 0-10", "Likelihood (1-5)", "Probability Level\nRate \n1 (LOW) to \n5 (HIGH)", "L", "P",
        "发生概率", "可能性", "发生的可能性(L)", "概率/Probability", "機率", "Likelihood of this happening",
        "Likelihood Rating", "风险发生可能性评分", "occurrence",
    ],
    ("probability", "residual"): ["Residual L", "修订后的概率", "控制后可能性", "residualLikelihood",
        "post-control likelihood",
    ],
    ("probability", "inherent"): ["Inherent Risk Likelihood", "固有可能性", "Pre-Control Likelihood",
        "initial_likelihood",
    ],
    ("probability", "current"): ["Current Likelihood", "当前概率"],
    ("probability", "target"): ["Target likelihood", "目标概率", "目标发生概率（1–5）", "目标可能性（1–5）"],
    ("impact", ""): [
        "Impact level", "Impact Rating", "Consequence Rating", "影响程度", "后果严重程度(S)", "影响等级", "I",
        "Severity of consequence",
    ],
    ("impact", "residual"): ["Residual I", "控制后影响程度"],
    ("unused", ""): ["Rank", "Verified by", "识别人", "Priority index", "优先指数"],
    ("", ""): ["Risk Register", "风险登记表", "Quantitive risk", "Risk identification",
        "NB: all names are made up", "",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "qualifier"),
    [(text, *meaning) for meaning, texts in MEANINGS.items() for text in texts],
)
def test_a_name_means_one_field(text, field, qualifier):
    name = read_name(text)
    assert (name.fields[0] if name.fields else "", name.qualifier) == (field, qualifier)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Impact", ("impact", "consequence")),
        ("影响", ("impact", "consequence")),
        ("Consequences", ("consequence", "impact")),
        ("后果", ("consequence", "impact")),
        ("initial_consequence", ("consequence", "impact")),
        ("Severity", ("impact", "level")),
        ("Severity Rating", ("level", "impact")),
    ],
)
def test_doubtful_names_keep_both_meanings(text, fields):
    assert read_name(text).fields == fields


def test_better_known_names_have_the_lower_rank():
    ranks = [
        read_name(text).rank
        for text in ("Risk name", "Risk", "Threat", "Risk description", "表现形式")
    ]
    assert ranks == sorted(ranks)
    assert [int(rank) for rank in ranks] == [1, 2, 2, 3, 3]
    assert read_name("责任人").rank < read_name("处理人").rank
    assert read_name("Risk ID").rank < read_name("No.").rank


def test_normal_form():
    assert normal_form("Impact \nLevel (1-5)*") == "impact level"
    assert normal_form("（风险描述）") == "风险描述"
    assert normal_form("residualImpactScore") == "residual impact score"


def test_fields_for_the_search():
    assert recognised_fields("Residual L") == {"residual_probability"}
    assert recognised_fields("Impact") == {"impact", "consequence"}
    assert recognised_fields("nothing known") == frozenset()
