"""From two registers that nobody here wrote to the auditor's PDF, as five people see it."""

from hashlib import sha256

import pypdfium2
import pytest
from django.utils import timezone

from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department
from riskhub.company.calendar import Quarter
from riskhub.oversight.services import verify_audit
from tests.assessments.register_import.shared_registers import DATA, need_shared_data
from tests.flows.facts import DECISIONS, HEAD, REPORT, ask, counts_by_level
from tests.flows.people import hire, sign_in
from tests.flows.plans import approve_plan, submit_plan, write_plan
from tests.flows.reports import download_report, make_report, text_of
from tests.flows.risks import adopt, assess, confirm_all, confirm_one, import_file, open_risk
from tests.flows.words import words_in

pytestmark = pytest.mark.browser

ENGLISH = DATA / "registers/en_fit3140_1to5/Risk Log.xlsx"
CHINESE = DATA / "registers/zh_yydwjj_hml/风险登记册.xlsx"
SCALES = {"Probability": {"高": 4, "中": 3, "低": 2}, "Impact": {"严重": 4, "中等": 3}}


FALL = {"zh-hans": "高处作业坠落", "en": "Fall from height"}
NAMES = [
    "LLM回答准确性低于80%",
    "用户吐槽内容包含敏感信息",
    "教务处临时要求增加教学评价功能",
    "开发人员不熟悉Flask框架",
    "上线后日活用户不足500人",
]
ADOPTED = [f"LIB-{number:03d}" for number in range(1, 11)]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_the_quarter(stack, visit, tmp_path, locale, phone):
    need_shared_data()
    say, people = words_in(locale), hire(locale)
    quarter = Quarter.of(timezone.localdate())
    with visit(phone=phone) as page:
        sign_in(page, say, "manager")
        fill_register(page, say)
        open_risk(page, say, FALL[locale])
        assess(page, say, inherent=(3, 4), residual=(3, 4), reason="近三年四起")
    with visit(phone=phone) as page:
        sign_in(page, say, "second")
        confirm_one(page, say, FALL[locale])
        confirm_all(page, say, count=3)
    with visit(phone=phone) as page:
        sign_in(page, say, "manager")
        open_risk(page, say, FALL[locale])
        write_plan(
            page, say, objective="一年内降到中", action="配发安全带并抽查",
            owner=people["manager"], due_on=quarter.following.ends_on,
        )  # fmt: skip
        submit_plan(page, say)
    with visit(phone=phone) as page:
        sign_in(page, say, "approver")
        approve_plan(page, say, FALL[locale], comment="先做外墙作业组")
    with visit(phone=phone) as page:
        sign_in(page, say, "manager")
        make_report(page, say, quarter)
    with visit(phone=phone) as page:
        sign_in(page, say, "auditor")
        path = download_report(page, say, tmp_path)
    check_file(path)
    check_pages(text_of(path), say)
    assert verify_audit(by=None).is_whole


def fill_register(page, say):
    """Two files through the wizard, ten risks of the library; the Chinese file's words are asked."""
    ops = str(Department.objects.get(code="OPS").pk)
    answers = {"category": "technical", "department": "OPS", "source": "internal_record"}
    project = {"code": "EN", "name": "Project", "department": ops}
    import_file(page, say, ENGLISH, register=project, answers=answers, scales={}, count=6)
    robot = {"code": "ZH", "name": "问答机器人", "department": ops}
    import_file(page, say, CHINESE, register=robot, answers=answers, scales=SCALES, count=5)
    adopt(page, say, ADOPTED, register="ZH")


def check_file(path):
    """What came down is what was stored, and holds what was frozen."""
    [(file_hash, snapshot_hash, pages)] = ask(REPORT)
    document = pypdfium2.PdfDocument(path)
    inside = [document.get_attachment(n) for n in range(document.count_attachments())]
    frozen = [bytes(one.get_data()) for one in inside if one.get_name() == "snapshot.json"]
    assert sha256(path.read_bytes()).hexdigest() == file_hash
    assert [sha256(content).hexdigest() for content in frozen] == [snapshot_hash]
    assert len(document) == pages


def check_pages(text, say):
    """Names whole, and every number as the database has it."""
    joined, spaced = text.replace("\n", ""), " ".join(text.split())
    for title in NAMES:
        assert title in joined
    counts = counts_by_level()
    assert sum(counts) == 21
    total = " ".join(str(number) for number in [*counts, sum(counts)])
    assert f"{say('Total, this report')} {total}" in spaced
    count = say("%(count)d open risk", "%(count)d open risks", sum(counts))
    assert count in spaced
    [(head,)] = ask(HEAD)
    assert head in joined
    [(plan, version, risk, decision, comment, content_hash, role)] = ask(DECISIONS)
    assert (decision, comment) == ("approved", "先做外墙作业组")
    who = say(Role(role).label)
    assert f"{plan} v{version} {risk} {content_hash[:12]} {who}" in spaced
