"""Many at once, with real connections (RELIABILITY.md, section 4, tests 13 and 14)."""

import hashlib
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection

from assessments.models import Approval, PlanAuthor, PlanVersion, ResponsePlan
from assessments.services import (
    CannotDecide,
    PendingAssessment,
    decide_plan,
    save_plan,
    submit_plan,
)
from registers.models import Risk
from registers.services import edit_risk
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from tests.assessments.services.test_plans import changed, content_of
from tests.builders import assess, make_plan, make_risk
from tests.cast import make_user

pytestmark = pytest.mark.django_db(transaction=True)

PLANS, APPROVERS, EDITORS = 50, 6, 4
LOOKS = 0.05
"""Seconds at most between reading a plan and deciding on it."""


def together(jobs):
    """Run them side by side, each with a connection of its own; their answers, or the first error."""

    def alone(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(alone, job) for job in jobs]]


def read(plan):
    return ResponsePlan.objects.select_related("head", "risk").get(pk=plan.pk)


# ---------- approvers against editors ----------


@pytest.fixture
def approvers():
    return [make_user(f"approver.{n}", f"审批 {n}", "approver") for n in range(APPROVERS)]


@pytest.fixture
def plans(register, risk_manager, second_manager, approvers):
    """High plans that wait, each with another approver among its authors."""
    made = []
    for n in range(PLANS):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
        plan = make_plan(risk, by=approvers[n % APPROVERS])
        submit_plan(plan, by=risk_manager)
        made.append(plan)
    return made


def approving(user, plans):
    """Decide on what was read; answers the hashes of the approvals that went through, and the refusals.

    Everybody goes through the plans in the same order, so that all are at one plan at a time.
    """

    def job():
        seen, refused = set(), Counter()
        for plan in plans:
            read_hash = read(plan).head.content_hash
            time.sleep(random.uniform(0, LOOKS))  # noqa: S311 - nothing is secret here
            try:
                decide_plan(
                    plan, by=user, decision="approved", content_hash=read_hash, comment="同意"
                )
            except (WrongState, StaleVersion, CannotDecide) as error:
                refused[type(error)] += 1
                continue
            seen.add(read_hash)
        return seen, refused

    return job


def editing(user, plans, numbers):
    def job():
        for plan in plans:
            now = read(plan)
            content = changed(now, objective=f"第 {next(numbers)} 稿")
            try:
                saved = save_plan(plan, by=user, version=now.row_version, content=content)
                submit_plan(plan, by=user, version=read(saved).row_version)
            except (WrongState, StaleVersion):
                continue

    return job


def test_nobody_approves_their_own_twice_or_another_text(plans, approvers, head_cleaning):
    editors = [
        head_cleaning,
        *(make_user(f"editor.{n}", f"编辑 {n}", "risk_manager") for n in range(1, EDITORS)),
    ]
    numbers = count()
    jobs = [approving(user, plans) for user in approvers]
    jobs += [editing(user, plans, numbers) for user in editors]
    answers = together(jobs)[:APPROVERS]

    refused = sum((of_one for _seen, of_one in answers), Counter())
    assert refused[WrongState]
    assert refused[StaleVersion] + refused[CannotDecide]
    approvals = list(Approval.objects.select_related("version"))
    assert len(approvals) >= PLANS // 2
    seen_by = {user.pk: seen for user, (seen, _r) in zip(approvers, answers, strict=True)}
    stale = [a for a in approvals if a.content_hash not in seen_by[a.approver_id]]
    altered = [
        a
        for a in approvals
        if hashlib.sha256(a.version.content.encode()).hexdigest() != a.content_hash
    ]
    double = len(approvals) - len({a.version_id for a in approvals})
    assert ([a for a in approvals if wrote(a)], double, stale, altered) == ([], 0, [], [])
    for plan in plans:
        now = read(plan)
        is_approved = Approval.objects.filter(version=now.head, decision="approved").exists()
        assert is_approved is (now.state == "approved")
        assert (now.in_force_id == now.head_id) is is_approved


def wrote(approval):
    """Submitted it, or is an author of a version after the approval before this one."""
    version = approval.version
    earlier = Approval.objects.filter(
        version__plan=version.plan_id, version__number__lt=version.number
    ).order_by("-version__number")
    since = earlier[0].version.number if earlier else 0
    authors = PlanAuthor.objects.filter(
        version__plan=version.plan_id, version__number__range=(since + 1, version.number)
    )
    return (
        version.submitted_by_id == approval.approver_id
        or authors.filter(user=approval.approver_id).exists()
    )


# ---------- many editors, no lost update ----------


def saving(reader, saver, times):
    """Add one to the number in the text, as often as asked; a stale save is read and tried again.

    Not at once, but after up to as long as a few saves take: those who are refused in a row would
    only be refused in a row again, nine of ten. Answers how often it was refused.
    """

    def job():
        done = refused = 0
        while done < times:
            obj, number = reader()
            try:
                saver(obj, str(number + 1))
            except StaleVersion:
                refused += 1
                time.sleep(random.uniform(0, 0.05))  # noqa: S311 - nothing is secret here
                continue
            done += 1
        return refused

    return job


def test_no_save_of_a_plan_is_lost(high_risk, risk_manager, head_cleaning):
    plan = make_plan(high_risk, by=risk_manager, objective="0")

    def reader():
        now = read(plan)
        return now, int(content_of(now).objective)

    def saver(now, words):
        save_plan(
            now, by=risk_manager, version=now.row_version, content=changed(now, objective=words)
        )

    assert sum(together([saving(reader, saver, 12)] * 6)) > 0
    assert int(content_of(read(plan)).objective) == 72
    assert PlanVersion.objects.count() == 1


def test_no_save_of_a_risk_is_lost(risk, risk_manager):
    Risk.objects.filter(pk=risk.pk).update(cause="0")

    def reader():
        now = Risk.objects.get(pk=risk.pk)
        return now, int(now.cause)

    def saver(now, words):
        edit_risk(now, by=risk_manager, version=now.row_version, cause=words)

    assert sum(together([saving(reader, saver, 100)] * 10)) > 100
    risk.refresh_from_db()
    assert risk.cause == "1000"


def test_two_assess_at_once_and_one_of_them_waits(risk, risk_manager, head_cleaning):
    def judging(user):
        def job():
            try:
                assess(Risk.objects.get(pk=risk.pk), (5, 5), (5, 5), by=user)
            except PendingAssessment:
                return "waits"
            return "made"

        return job

    assert sorted(together([judging(risk_manager), judging(head_cleaning)])) == ["made", "waits"]
    assert risk.assessments.count() == 1
