import pytest
from django.utils import timezone

from assessments.plans.content import PlannedAction
from assessments.services import (
    Imported,
    Scores,
    record_assessments,
    save_plan,
    submit_plan,
)
from riskhub.accounts.models import User
from tests.assessments.services.test_plans import approve, changed
from tests.builders import assess, make_plan, make_risk


@pytest.fixture
def in_english():
    """Everybody made so far reads English."""
    User.objects.update(locale="en")


@pytest.fixture
def changed_plan(high_risk, risk_manager, head_cleaning, staff_cleaning, approver):
    """RP-001: version 1 is in force, version 2 waits and differs in words, target and actions."""
    today = timezone.localdate().isoformat()
    first = (
        PlannedAction("a1", "完工试压 10 分钟并拍照", staff_cleaning.pk, today),
        PlannedAction("a2", "净水器接口改用卡套", head_cleaning.pk, today),
        PlannedAction("a3", "每月抽查 20 单", risk_manager.pk, today),
    )
    plan = make_plan(
        high_risk, by=head_cleaning, target=(2, 3), actions=first,
        objective="半年内把渗漏从每月两起降到每季度一起",
    )  # fmt: skip
    submit_plan(plan, by=risk_manager)
    approve(plan, approver)
    plan.refresh_from_db()
    second = (
        PlannedAction("a1", "完工试压 15 分钟并拍照", staff_cleaning.pk, today), first[1],
        PlannedAction("a4", "给每位安装工发放压力表", risk_manager.pk, today),
    )  # fmt: skip
    content = changed(
        plan, objective="半年内把渗漏从每月两起降到每半年一起", target=(1, 3), actions=second
    )
    save_plan(plan, by=head_cleaning, version=None, content=content)
    submit_plan(plan, by=risk_manager)
    return plan


@pytest.fixture
def draft_plan(register, risk_manager, second_manager, staff_cleaning, clean):
    """A Critical risk whose plan is a draft and not complete."""
    risk = make_risk(
        register, by=risk_manager, title="老人跌倒、噎食或压疮", event="被照护老人受伤",
        cause="夜间看护脱岗", consequence="骨折、窒息等伤亡", department=clean,
    )  # fmt: skip
    assess(risk, (5, 5), (3, 5), by=risk_manager, confirmed_by=second_manager)
    content = {"strategy": "transfer", "transfer_to": "保险公司", "actions": ()}
    return make_plan(risk, by=staff_cleaning, **content)


@pytest.fixture
def imported(register, risk_manager, second_manager, clean):
    """Six High ones that a file brought and that wait."""
    risks = [
        make_risk(register, by=risk_manager, title=f"导入的风险 {n}", department=clean)
        for n in range(6)
    ]
    rows = [
        Imported(risk, Scores((5, 5), (4, 3)), n % 2 == 0, f"原表第 {n} 行")
        for n, risk in enumerate(risks)
    ]
    return record_assessments(rows, by=second_manager)
