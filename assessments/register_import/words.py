"""Words in a file that mean one of our own codes: category, source, area, strategy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.register_import.fields import split_names
from assessments.register_import.values import value_key

CATEGORIES = ("operational", "technical", "management")

CATEGORY_WORDS = {
    "operational": "operational, operation, operations, operating, service, process, "
    "操作, 运营, 作业, 业务操作, 服务",
    "technical": "technical, technology, tech, 技术, 科技, 工艺",
    "management": "management, managerial, organisational management, 管理, 经营管理",
}
SOURCE_WORDS = {
    "customer_complaint": "customer complaint, complaint, complaints, 客户投诉, 投诉, 顾客投诉",
    "internal_record": "internal record, internal records, records, 内部记录, 记录, 台账",
    "service_record": "service record, service records, service record analysis, 服务记录分析, 服务记录",
    "survey": "survey, satisfaction survey, questionnaire, 满意度问卷, 问卷, 问卷调查, 满意度调查",
    "social_media": "social media, social media comments, 社交媒体评论, 社交媒体, 网络评论",
    "interview": "interview, interviews, internal interview, 内部访谈, 访谈",
    "brainstorm": "brainstorm, brainstorming, workshop, 头脑风暴, 研讨会",
    "flowchart": "flowchart, process map, process analysis, 流程图分析, 流程图, 流程分析",
    "fishbone": "fishbone, fishbone diagram, 鱼骨图, 鱼骨图分析",
    "checklist": "checklist, checklists, inspection, 检查表, 检查, 检查表法",
    "incident": "incident, incidents, near miss, accident, incident or near miss, "
    "事故/未遂事件, 事故, 未遂事件",
    "indicator": "indicator, early-warning indicator, kri, 预警指标, 指标",
    "change": "change, process change, 流程变更, 变更",
    "audit": "audit, internal audit, audits, 审计, 内审, 内部审计",
    "external": "external, law, regulation, external information, 外部信息, 法规, 同行案例, 外部",
}
AREA_WORDS = {
    "staff_safety": "staff safety, employee safety, worker safety, 服务人员安全, 员工安全, 人员安全",
    "customer_safety": "customer safety, client safety, safety of customers and people in care, "
    "客户与被照护者安全, 客户安全",
    "property": "property, property loss, property damage, 财产损失, 财产",
    "quality": "quality, service quality, service quality and complaints, 服务质量与投诉, 服务质量, 质量",
    "privacy_data": "privacy, data, privacy and data, data protection, 隐私与数据, 隐私, 数据, 数据安全",
    "platform_fraud": "platform, fraud, platform, reviews and fraud, 平台、评价与诈骗, 诈骗, 平台",
    "people": "people, employment, people and employment, hr, 人员与用工, 人员, 用工, 人力",
    "compliance": "compliance, contract, compliance and contracts, legal, 合规与合同, 合规, 合同, 法律",
    "continuity": "continuity, supply, continuity and supply, 业务连续与供应, 业务连续, 供应",
}
STRATEGY_WORDS = {
    "avoid": "avoid, avoidance, avoided, eliminate, terminate, prevent, "
    "规避, 回避, 避免, 风险规避, 风险回避, 消除",
    "transfer": "transfer, transference, transferred, share, sharing, insure, "
    "转移, 转嫁, 分担, 风险转移, 风险分担",
    "mitigate": "mitigate, mitigation, mitigated, reduce, reduction, treat, control, "
    "减轻, 缓解, 降低, 减少, 控制, 风险降低, 风险减轻, 风险控制, 风险缓解",
    "accept": "accept, acceptance, accepted, retain, retention, tolerate, "
    "接受, 承受, 自留, 承担, 风险接受, 风险承担",
}
# Answers that a register may name and that are no strategy of ours: they still mark such a column.
OTHER_STRATEGIES = frozenset(
    split_names(
        """contingency, escalate, escalation, exploit, enhance, monitor, watch, ignore,
        上报, 监控, 开拓, 提高, 观察"""
    )
)
ENDING = re.compile(r"\s*(risks?|风险类?|类|性风险)$")


def table(words: dict[str, str]) -> dict[str, str]:
    return {word: code for code, names in words.items() for word in split_names(names)} | {
        code: code for code in words
    }


# Names of the starter taxonomy that hold a comma themselves, as `value_key` spells them.
WHOLE_SOURCES = {
    "external (law, cases at peers)": "external",
    "外部信息(法规、同行案例)": "external",
}
WHOLE_AREAS = {
    "platform, reviews and fraud": "platform_fraud",
    "平台、评价与诈骗": "platform_fraud",
}
TABLES = {
    "category": table(CATEGORY_WORDS),
    "source": table(SOURCE_WORDS) | WHOLE_SOURCES,
    "area": table(AREA_WORDS) | WHOLE_AREAS,
    "strategy": table(STRATEGY_WORDS),
    "line": {},
}


@dataclass(frozen=True)
class Words:
    """What a text in a file stands for: the names of the company's own lists, then the usual words.

    `own` has a code by `value_key` of each name, by kind; of a kind that it holds only the codes there
    are known. `fallbacks` stand for what neither the file nor the mapping names.
    """

    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fallbacks: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, kind: str, text: str) -> str:
        """The code that a text stands for, or an empty string."""
        key = value_key(text)
        short = ENDING.sub("", key)
        own = self.own.get(kind)
        if own is None:
            return TABLES[kind].get(key) or TABLES[kind].get(short, "")
        usual = TABLES[kind].get(key) or TABLES[kind].get(short, "")
        return own.get(key) or own.get(short) or (usual if usual in own.values() else "")


USUAL = Words()


def code_of(kind: str, text: str) -> str:
    """By the usual words alone."""
    return USUAL.code_of(kind, text)


def is_strategy(text: str) -> bool:
    key = value_key(text)
    return bool(code_of("strategy", text)) or key in OTHER_STRATEGIES
