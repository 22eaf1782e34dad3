"""Reads a header text: which fields it may name, and whether it speaks of what is left over."""

import re
import unicodedata
from dataclasses import dataclass

from assessments.register_import.fields import AXIS_NAMES, FIELD_NAMES, TITLE_NAMES, split_names
from riskhub.imports.headers import Search

BRACKETS = re.compile(r"[(\[{【〔<《「][^)\]}】〕>》」]*[)\]}】〕>》」]?")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
RANGE = re.compile(r"\d+(?:\.\d+)?\s*%?\s*(?:-|–|—|~|to|至|到)\s*\d+(?:\.\d+)?\s*%?", re.IGNORECASE)
NUMBERS = re.compile(r"(?<![^\W\d])\d+(?:\.\d+)?%?(?![^\W\d])")
PUNCTUATION = re.compile(r"[^\w&]+|_")
HANZI = re.compile(r"[\u3400-\u9fff]")
LATIN_PART = re.compile(r"[a-z0-9& ]+")
PRODUCT = re.compile(
    r"(?:probability|likelihood|impact|severity|consequence|概率|可能性|影响|严重|\b[plisc])[^,;]*?"
    r"(?:\s[x*]\s|[×*✕]|(?<=\b[pli])x(?=[pisc]\b))\s*"
    r"(?:probability|likelihood|impact|severity|consequence|概率|可能性|影响|严重|[plisc]\b)",
)

RESIDUAL = (
    r"residual|revised|net|after|post|mitigated|remaining|final|managed|controlled|reassessed"
)
INHERENT = (
    r"inherent|initial|gross|original|raw|pre|before|untreated|unmitigated|uncontrolled|baseline"
)
QUALIFIERS = {
    "target": re.compile(r"\b(target|desired|planned|expected)\b|目标|预期|期望"),
    "residual": re.compile(
        rf"\b({RESIDUAL})\b|修订后|剩余|残余|残留|(处置|应对|措施|控制|缓解|处理|整改|管控|治理)(之)?后"
        r"|更新后|复评|再评估|现有控制下"
    ),
    "inherent": re.compile(
        rf"\b({INHERENT})\b|固有|初始|原始|(处置|应对|措施|控制|缓解|处理|整改|管控|治理|修订)(之)?前"
        r"|初步|初评"
    ),
    "current": re.compile(r"\b(current|present)\b|当前|目前|现状"),
}
# Left over once a qualifier is taken out: "after mitigation", "pre control", "修订后的".
QUALIFIER_REST = re.compile(
    r"\b(mitigation|mitigations|control|controls|treatment|response|measures|actions|of|the|with|state)\b|^的|^后|^前"
)
FILLERS = frozenset(
    split_names(
        """rating, ratings, score, scores, scoring, level, levels, value, values, rate, scale, grade, rank,
        of, the, risk, risks, occurrence, occurence, occurring, factor, class, index, assessment, hazard,
        event, overall, category, band, number, points, estimated, estimate, evaluation, total, happening,
        failure, threat, assessed, l, p, i, s"""
    )
)
RATING = frozenset(
    split_names(
        """rating, ratings, score, scores, scoring, level, levels, value, rate, scale, grade, rank, class,
        index, points"""
    )
)
RATING_ZH = re.compile(
    r"(等级|级别|评分|得分|分值|评级|值|分数|打分|评价|评估|系数|级|指数|赋值|取值|量化)$"
)
STRIP_ZH = re.compile(
    r"^(主要|潜在|可能的|可能|具体|拟采取的?|已采取的?|计划的?|本项目|项目|相关|该|风险的)"
)
STRIP = frozenset(
    split_names(
        "risk, risks, the, of, potential, possible, proposed, planned, recommended, key, main, a, an, s"
    )
)
LETTERS = {
    "p": "probability",
    "l": "probability",
    "o": "probability",
    "i": "impact",
    "s": "impact",
    "c": "impact",
}


LOOSE_RANK = 1000


@dataclass(frozen=True)
class Name:
    """The fields that a header may name, best first, and its qualifier (residual, inherent, ...).

    `rank` orders several columns of one field: the better known name has the lower rank.
    """

    fields: tuple[str, ...] = ()
    qualifier: str = ""
    rank: float = LOOSE_RANK


LONGEST_LOOSE = 48
MOST_WORDS = 7
ALTERNATIVES = re.compile(r"[/、|;；&+]| and | or |和|及|与|$")
LOOSE: tuple[tuple[re.Pattern[str], tuple[str, ...], int], ...] = tuple(
    (re.compile(pattern), fields, rank)
    for pattern, fields, rank in (
        (r"(风险|隐患|危险源|危害).{0,4}(名称|标题)$", ("title",), 1),
        (r"\b(risk|hazard|threat)\b.*\b(name|title)\b", ("title",), 1),
        (r"(风险|隐患|危险源|危害).{0,6}(描述|内容|事项|说明|表现|情形|概况|简述|陈述)", ("title",), 3),
        (r"\b(risk|hazard|threat)\b.*\b(description|statement|event|details?)\b", ("title",), 3),
        (r"\bdescri\w+ .*\b(risk|hazard|threat)\b", ("title",), 3),
        (r"风险(点|事项|事件)$", ("title",), 2),
        (r"\bwhat (can|could|might) (happen|go wrong)\b", ("title",), 3),
        (r"概率|可能性|几率|\b(likelihood|probability|chance)\b", ("probability",), 0),
        (r"(影响|严重|危害|损失|后果).{0,2}(程度|等级|级别|评分|得分|分值)|\bseverity\b", ("impact",), 0),
        (r"后果|\bconsequences?\b|\beffects?\b", ("consequence", "impact"), 0),
        (r"影响|\bimpacts?\b", ("impact", "consequence"), 0),
        (r"责任人|负责人|\bowner\b|\bresponsible\b|\bby whom\b|\bwho needs\b", ("owner",), 0),
        (r"\bby when\b|\bwhen is\b", ("due_on",), 0),
        (r"\balready doing\b|\bfurther action\b", ("measures",), 0),
        (r"\bharmed\b", ("consequence",), 0),
        (r"部门|\bdepartment\b", ("department",), 0),
        (r"应急|预案|\bcontingency\b|\bfallback\b", ("contingency",), 0),
        (r"措施|对策|应对|\b(mitigat\w+|countermeasures?|treatment|controls?)\b", ("measures",), 0),
        (r"原因|成因|\bcauses?\b", ("cause",), 0),
        (r"触发|征兆|\btriggers?\b", ("trigger",), 0),
        (r"状态|\bstatus\b", ("status",), 0),
        (r"类别|分类|类型|\bcategory\b", ("category",), 0),
        (r"编号|\b(id|ref)\b", ("number",), 0),
        (r"风险.{0,3}(等级|级别)|\brisk (level|rating)\b", ("level",), 0),
        (r"备注|\b(comments?|remarks?|notes?)\b", ("notes",), 0),
    )
)  # fmt: skip


TITLE_RANKS = {
    name: group + place / LOOSE_RANK
    for group, names in enumerate(TITLE_NAMES, start=1)
    for place, name in enumerate(split_names(names))
}
FIELD_OF = {
    name: (field, rank)
    for field, names in FIELD_NAMES.items()
    for rank, name in enumerate(split_names(names))
}
AXIS_OF = {name: axis for axis, names in AXIS_NAMES.items() for name in split_names(names)}
# Column names in traditional characters are read as simplified ones; values stay as they are.
SIMPLIFIED = str.maketrans(
    "風險機響責負類別編號狀態應對緩減輕級評嚴後發餘備註單門來項說觸條處預業務領識現訊標題點隱財產質權護",
    "风险机响责负类别编号状态应对缓减轻级评严后发余备注单门来项说触条处预业务领识现讯标题点隐财产质权护",
)
# Where words decide nothing: only the values tell a score from a text or the level.
DOUBTFUL = {
    **dict.fromkeys(
        ("impact", "影响", "风险影响", "影响分析", "危害性", "损失程度"), ("impact", "consequence")
    ),
    **dict.fromkeys(
        ("consequence", "consequences", "effect", "effects", "harm", "后果", "可能影响", "危害",
         "potential impact", "outcome", "影响范围", "业务影响", "business impact", "潜在影响"),
        ("consequence", "impact"),
    ),
    **dict.fromkeys(("severity", "严重性", "严重程度", "严重度"), ("impact", "level")),
    **dict.fromkeys(("severity rating", "severity level", "严重等级"), ("level", "impact")),
}  # fmt: skip


def normal_form(text: str) -> str:
    """Lower case without brackets, ranges, lone numbers and punctuation; 风险编号 stays 风险编号."""
    plain = CAMEL.sub(" ", unicodedata.normalize("NFKC", text)).lower().replace("#", " no ")
    plain = plain.translate(SIMPLIFIED)
    bare = simple(BRACKETS.sub(" ", plain))
    return bare or simple(plain)


def simple(text: str) -> str:
    return " ".join(PUNCTUATION.sub(" ", NUMBERS.sub(" ", RANGE.sub(" ", text))).split())


def read_name(text: str) -> Name:
    """What a header text names; a Name without fields when it is unknown."""
    if PRODUCT.search(unicodedata.normalize("NFKC", text).lower()):
        return Name(("score",), qualifier_of(normal_form(text))[0])
    for form in forms(normal_form(text)):
        if name := known_name(form):
            return name
    for part in ALTERNATIVES.split(text)[:-1]:
        if name := known_name(normal_form(part)):
            return name
    return loose_name(normal_form(text))


def loose_name(form: str) -> Name:
    """A short text with a telling word in it: "Likelihood of this happening", 风险事项内容."""
    if len(form) > LONGEST_LOOSE or len(form.split()) > MOST_WORDS:
        return Name()
    qualifier, rest = qualifier_of(form)
    for pattern, fields, rank in LOOSE:
        if pattern.search(rest):
            return Name(fields, qualifier if fields[0] in AXIS_NAMES else "", rank or LOOSE_RANK)
    return Name()


def forms(form: str) -> list[str]:
    """The whole text; for a text in two languages also its halves."""
    if not HANZI.search(form) or not LATIN_PART.search(form):
        return [form]
    chinese = "".join(LATIN_PART.sub(" ", form).split())
    latin = " ".join(" ".join(LATIN_PART.findall(form)).split())
    return [form, form.replace(" ", ""), chinese, latin]


def known_name(form: str) -> Name | None:
    """A listed name; else a listed name with a qualifier before or after it."""
    return (plain_name(form) or qualified_name(*qualifier_of(form))) if form else None


def qualified_name(qualifier: str, rest: str) -> Name | None:
    """The name of a score or a level with its qualifier; of texts only the plain ones are known."""
    if not qualifier:
        return None
    if axis := axis_fields(rest):
        return Name(axis, qualifier)
    if rest in {"risk", "risks", "风险"} or (not rest and qualifier in {"residual", "inherent"}):
        return Name(("level",), qualifier)
    name = plain_name(rest)
    if name and name.fields[0] in {"level", "score"}:
        return Name(name.fields, qualifier)
    return name if qualifier in {"current", "target"} else None


def qualifier_of(form: str) -> tuple[str, str]:
    """The qualifier in a text and the text without it."""
    for qualifier, pattern in QUALIFIERS.items():
        if found := pattern.search(form):
            rest = form[: found.start()] + " " + form[found.end() :]
            rest = " ".join(QUALIFIER_REST.sub(" ", rest.strip()).split())
            return qualifier, rest
    return "", form


def plain_name(form: str) -> Name | None:
    """A name as it is listed, or without the words that say nothing."""
    for spelling in spellings(form):
        if spelling in DOUBTFUL:
            return Name(DOUBTFUL[spelling])
        if spelling in TITLE_RANKS:
            return Name(("title",), rank=TITLE_RANKS[spelling])
        if spelling in AXIS_OF:
            return Name((AXIS_OF[spelling],))
        if spelling in FIELD_OF:
            field, rank = FIELD_OF[spelling]
            return Name((field,), rank=rank)
    axis = axis_fields(form)
    return Name(axis) if axis else None


def spellings(form: str) -> list[str]:
    if HANZI.search(form):
        bare = STRIP_ZH.sub("", form)
        return [form, bare, bare.removeprefix("风险")]
    words = form.split()
    bare = " ".join(word for word in words if word not in STRIP)
    return [form, bare, form.removesuffix("s"), bare.removesuffix("s")] if bare else [form]


def axis_fields(form: str) -> tuple[str, ...]:
    """The axis that a text names with words of rating around it; empty when it names none.

    "impact level" and "likelihood of occurrence" name a score; a rated consequence is an impact.
    """
    if form in LETTERS:
        return (LETTERS[form],)
    bare = RATING_ZH.sub("", form)
    if bare in DOUBTFUL or bare in AXIS_OF:
        rated = bare != form
        doubtful = DOUBTFUL.get(bare, (AXIS_OF.get(bare, ""),))
        return ("impact",) if rated and "impact" in doubtful else doubtful
    words = form.split()
    core = [word for word in words if word not in FILLERS]
    if len(core) != 1 or len(words) == 1:
        return ()
    word = core[0].removesuffix("s") if core[0] not in AXIS_OF else core[0]
    if set(words) & RATING and word in {"consequence", "effect", "impact", "severity"}:
        return ("impact",)
    return DOUBTFUL.get(word) or ((AXIS_OF[word],) if word in AXIS_OF else ())


def recognised_fields(text: str) -> frozenset[str]:
    """For the search of the header row: every field the text may stand for."""
    name = read_name(text)
    if name.qualifier == "residual":
        return frozenset(f"residual_{field}" for field in name.fields)
    return frozenset(name.fields)


SEARCH = Search(recognised_fields, frozenset({"title"}))
