"""The start page: only what the cards say, each number a link to a list of exactly that many."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Action
from assessments.plans.content import PlannedAction
from assessments.services import decide_plan, record_assessment
from assessments.services.assessments import Scores
from registers.models import Risk, RiskProposal
from registers.services import file_proposal
from riskhub.accounts.models import User
from riskhub.accounts.services import delegate_decisions, revoke_delegation
from riskhub.oversight.cards import Section
from riskhub.work.models import Work
from tests.builders import assess, make_plan, make_risk

URL = "/"
HIGH, CRITICAL = (4, 3), (4, 4)


@pytest.fixture
def fill(register, risk_manager, second_manager, approver, staff_cleaning, clean, tech):
    """`fill(n)`: n of everything that can wait for somebody, in OPS; one of each in TECH as well."""

    def make(count):
        for _n in range(count):
            _wait(register, clean, risk_manager, second_manager, approver, staff_cleaning)
        other = make_risk(register, by=risk_manager, department=tech)
        assess(other, HIGH, HIGH, by=risk_manager, confirmed_by=second_manager)

    return make


def _wait(register, department, manager, second, approver, staff):
    """A filing, a judgement to confirm, a plan to decide, a risk without plan, two late actions."""
    file_proposal(by=staff, client_uuid=uuid.uuid4(), text="台面发白", department=department)
    record_assessment(
        make_risk(register, by=manager, department=department),
        by=manager, scores=Scores(HIGH, HIGH), rationale="两起",
    )  # fmt: skip
    bare, planned, running = (
        make_risk(register, by=manager, department=department, title=title, owner=staff)
        for title in ("别处的风险", "待批", "执行中")
    )
    assess(bare, CRITICAL, CRITICAL, by=manager, confirmed_by=second)
    Risk.objects.filter(pk=bare.pk).update(next_review_on=timezone.localdate() - timedelta(days=9))
    for risk in (planned, running):
        assess(risk, HIGH, HIGH, by=manager, confirmed_by=second)
    make_plan(planned, by=manager, submitted=True)
    _late_actions(running, manager, approver, staff)


def _late_actions(risk, manager, approver, staff):
    today = timezone.localdate().isoformat()
    actions = (
        PlannedAction("a", "贴标签", staff.pk, today),
        PlannedAction("b", "抽查", manager.pk, today),
    )
    plan = make_plan(risk, by=manager, submitted=True, actions=actions)
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="好"
    )
    Action.objects.filter(plan=plan).update(due_on=timezone.localdate() - timedelta(days=3))


def sections_of(client):
    page = client.get(URL)
    assert page.status_code == 200
    assert page.context["waiting"] == sum(s.count for s in page.context["sections"])
    return {section.url: section for section in page.context["sections"]}


def test_each_number_leads_to_a_list_of_exactly_that_many(sign_in, request, fill):
    wanted = {
        "risk_manager": {
            "/inbox/triage/", "/actions/?view=mine",
            "/actions/?view=late", "/risks/?view=no_plan", "/risks/?view=overdue",
        },
        "approver": {"/approvals/", "/assessments/waiting/"},
        "head_cleaning": {"/actions/?view=late", "/risks/?view=no_plan", "/risks/?view=overdue"},
        "staff_cleaning": {"/actions/?view=mine", "/risks/?view=mine&review=overdue"},
        "head_repair": {"/risks/?view=no_plan"},
        "auditor": set(),
        "admin": set(),
    }  # fmt: skip
    people = {name: request.getfixturevalue(name) for name in wanted}
    fill(2)
    for name, urls in wanted.items():
        client = sign_in(people[name])
        sections = sections_of(client)
        assert (name, set(sections)) == (name, urls)
        for url, section in sections.items():
            counts = client.get(url).context["page"].count, len(section.rows)
            assert (name, url, *counts) == (name, url, section.count, section.count)
            assert {client.get(row.url).status_code for row in section.rows} == {200}


def test_a_stand_in_is_shown_more_only_of_what_they_may_decide(
    sign_in, approver, head_repair, head_cleaning, fill
):
    """The whole company's work is not theirs: they may not act on it."""
    fill(2)
    for person, department in ((head_repair, "TECH"), (head_cleaning, "OPS")):
        before = {url: one.count for url, one in sections_of(sign_in(person)).items()}
        today = timezone.localdate()
        delegation = delegate_decisions(
            approver, person, by=approver, reason="休假", begins_on=today, last_on=today
        )
        client = sign_in(User.objects.get(pk=person.pk))
        sections = sections_of(client)
        own = f"&department={department}"
        as_stand_in = {url.removesuffix(own): section.count for url, section in sections.items()}
        assert as_stand_in == before | {"/approvals/": 2, "/assessments/waiting/": 2}
        for url, section in sections.items():
            counts = client.get(url).context["page"].count, len(section.rows)
            assert (url, *counts) == (url, section.count, section.count)
        revoke_delegation(delegation, by=approver)


def test_more_than_fit_are_counted_and_linked(sign_in, risk_manager, staff_cleaning, clean):
    for _n in range(6):
        key = uuid.uuid4()
        file_proposal(by=staff_cleaning, client_uuid=key, text="台面发白", department=clean)
    client = sign_in(risk_manager)
    old = timezone.now() - timedelta(days=8)
    RiskProposal.objects.filter(pk=RiskProposal.objects.earliest("pk").pk).update(submitted_at=old)
    triage = sections_of(client)["/inbox/triage/"]
    assert (triage.count, len(triage.rows), triage.more, triage.late) == (6, 5, 1, 1)
    assert 'href="/inbox/triage/"' in client.get(URL).content.decode()


def test_only_what_is_late_is_red(sign_in, risk_manager, staff_cleaning, clean):
    for _n in range(2):
        key = uuid.uuid4()
        file_proposal(by=staff_cleaning, client_uuid=key, text="台面发白", department=clean)
    old = timezone.now() - timedelta(days=8)
    link = '<a class="rh-plain{}" href="/inbox/triage/">'
    for late, css in enumerate(("", "", " rh-alert")):
        RiskProposal.objects.filter(pk__in=RiskProposal.objects.order_by("pk")[:late]).update(
            submitted_at=old
        )
        body = sign_in(risk_manager).get(URL).content.decode()
        assert link.format(css) in body
        heading = body[body.index(link.format(css)) :].split("</h3>")[0]
        assert ('<span class="rh-alert">' in heading) is (late == 1)


def test_the_plan_that_waits_longest_comes_first(sign_in, approver, fill):
    fill(2)
    rows = sections_of(sign_in(approver))["/approvals/"].rows
    assert [row.url for row in rows] == ["/plans/RP-001/decide/", "/plans/RP-003/decide/"]


def test_other_departments_are_left_out(sign_in, head_repair, fill):
    fill(1)
    page = sign_in(head_repair).get(URL)
    (section,) = page.context["sections"]
    assert (section.count, section.url) == (1, "/risks/?view=no_plan")
    assert "别处的风险" not in page.content.decode()


def test_staff_see_what_is_late_may_file_and_hear_what_became_of_it(sign_in, staff_cleaning, fill):
    fill(1)
    page = sign_in(staff_cleaning).get(URL)
    assert (page.context["waiting"], page.context["late"]) == (2, 2)
    assert all(section.is_late for section in page.context["sections"])
    (start,) = page.context["starts"]
    assert start.url == reverse("registers:proposal_create")
    assert "台面发白" in page.content.decode()


def test_numbers_beside_lead_to_lists_of_exactly_that_many(sign_in, approver, fill):
    fill(1)
    client = sign_in(approver)
    sides = {side.url: side.context for side in client.get(URL).context["sides"]}
    critical = "/risks/?level=critical"
    assert client.get(critical).context["page"].count == len(sides[critical]["rows"]) == 1
    counts = {level.word: level.count for level in sides["/matrix/"]["levels"]}
    assert counts == {"critical": 1, "high": 3, "medium": 0, "low": 0}
    for word, count in counts.items():
        assert client.get("/risks/", {"level": word}).context["page"].count == count


def test_the_auditor_sees_the_head_hash_and_reports(sign_in, auditor):
    urls = [side.url for side in sign_in(auditor).get(URL).context["sides"]]
    assert urls[:2] == ["/reports/", "/audit/"]


def test_dead_work_is_a_red_line_above_everything(sign_in, risk_manager):
    Work.objects.create(kind="notice.mail", dedupe="a", state="dead")
    page = sign_in(risk_manager).get(URL)
    (banner,) = page.context["banners"]
    assert banner.url == "/oversight/work/"
    assert "rh-note-alert" in page.content.decode()


def test_the_administrator_sees_who_signs_in_and_sees_nothing(sign_in, admin, outsider):
    client, url = sign_in(admin), "/settings/people/?role=none"
    section = sections_of(client)[url]
    assert client.get(url).context["page"].count == section.count == 1
    assert [row.name for row in section.rows] == [str(outsider)]
    assert client.get(section.rows[0].action_url).status_code == 200
    outsider.is_active = False
    outsider.save()
    assert url not in sections_of(client)


@pytest.mark.parametrize("name", ["risk_manager", "admin"])
def test_dead_work_is_named_and_retried_on_the_home_page(sign_in, request, name):
    user = request.getfixturevalue(name)
    user.locale = "en"
    user.save(update_fields=["locale"])
    trace = 'Traceback (most recent call last):\n  File "x.py"'
    fields = {"kind": "notice.mail", "state": "dead", "attempts": 11, "error": trace}
    works = [Work.objects.create(dedupe=f"m{n}", reason="mail", **fields) for n in range(6)]
    page = sign_in(user).get(URL)
    (card,) = page.context["urgent"]
    assert card.context["dead"] == works[:0:-1]
    text = page.content.decode()
    assert text.count("Mail about a notice</span>") == 5
    assert text.count("The mail server did not take the message.") == 5
    assert "Traceback" not in text
    for work in works[1:]:
        assert f'<form method="post" action="/oversight/work/{work.pk}/retry/"' in text
    assert f"/oversight/work/{works[0].pk}/retry/" not in text
    assert f'href="{reverse("oversight:work_list")}"' in text


@pytest.mark.parametrize("name", ["approver", "auditor", "head_cleaning", "outsider"])
def test_dead_work_is_not_for_others(sign_in, request, name):
    user = request.getfixturevalue(name)
    Work.objects.create(kind="notice.mail", dedupe="a", state="dead", reason="mail")
    page = sign_in(user).get(URL)
    assert page.context["urgent"] == []
    assert "/retry/" not in page.content.decode()


def test_as_many_queries_for_one_dead_job_as_for_three(sign_in, risk_manager, queries):
    Work.objects.create(kind="notice.mail", dedupe="a", state="dead")
    one = queries(sign_in(risk_manager), URL)
    for key in "bc":
        Work.objects.create(kind="notice.mail", dedupe=key, state="dead")
    assert queries(sign_in(risk_manager), URL) == one


def test_a_new_company_is_told_its_first_steps(sign_in, risk_manager):
    client = sign_in(risk_manager)
    steps = client.get(URL).context["first_steps"]
    assert "/imports/new/" in [step.url for step in steps]
    assert {client.get(step.url).status_code for step in steps} == {200}


def test_a_company_with_risks_is_not(sign_in, risk_manager, register):
    make_risk(register, by=risk_manager)
    assert sign_in(risk_manager).get(URL).context["first_steps"] == []


def test_someone_without_a_role_sees_an_empty_day(sign_in, outsider):
    page = sign_in(outsider).get(URL)
    assert (page.context["sections"], page.context["waiting"]) == ([], 0)
    assert page.context["sides"] == page.context["banners"] == page.context["first_steps"] == []


def test_nobody_signed_in_goes_to_the_sign_in_page(sign_in):
    assert sign_in().get(URL).headers["Location"] == f"{reverse('account_login')}?next=/"


def test_posting_is_refused(sign_in, outsider):
    assert sign_in(outsider).post(URL).status_code == 405


def test_the_same_number_of_queries_for_one_and_for_three(sign_in, request, fill, queries):
    names = ("risk_manager", "approver", "head_cleaning", "staff_cleaning", "auditor")
    people = {name: request.getfixturevalue(name) for name in names}
    fill(1)
    sign_in(people["risk_manager"]).get(URL)  # once in a process the matrix in force is read
    one = {name: queries(sign_in(user), URL) for name, user in people.items()}
    fill(2)
    assert {name: queries(sign_in(user), URL) for name, user in people.items()} == one
    assert max(one.values()) <= 40


def test_a_section_counts_what_it_does_not_show():
    assert Section("a", 7, "/", ()).more == 7
