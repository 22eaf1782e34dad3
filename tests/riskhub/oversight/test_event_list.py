import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from assessments.models import Assessment, AssessmentControl, PlanVersion, ResponsePlan
from registers.choices import OPEN_STATES
from registers.models import Control, Register, Risk, RiskControl
from registers.services import close_risk, edit_risk
from riskhub.accounts.services import assign_role
from riskhub.audit.context import entered
from riskhub.audit.models import AuditEvent
from riskhub.entry.days import SOUGHT
from tests.builders import assess, make_plan, make_risk

URL = "/audit/"
VERIFY = "/audit/verify/"
TOO_LONG = "A text to search for has 200 characters at most."


@pytest.fixture
def reader(sign_in, auditor):
    return sign_in(auditor)


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager, title="台面腐蚀")


def events_at(client, **query):
    """The events of the page, by their action and row."""
    page = client.get(URL, query)
    assert page.status_code == 200
    return [(told.event.action, told.event.object_label) for told in told_on(page)]


def codes_at(client, **query):
    """Of the objects of the events, or of the things that these belong to."""
    return {
        told.event.object_label or told.belongs_to[0].name.split()[0]
        for told in told_on(client.get(URL, query))
    }


def told_on(page):
    return [told for group in page.context["page"].groups for told in group.told]


def every_page(client, **query):
    """Each page of the list, from the newest."""
    before = ""
    while before is not None:
        page = client.get(URL, query | {"before": before})
        yield page
        before = page.context["page"].older


def test_the_newest_event_comes_first_with_before_and_after(reader, risk, risk_manager):
    edit_risk(risk, by=risk_manager, version=None, cause="没有问材质")
    page = reader.get(URL)
    told = told_on(page)[0]
    assert (told.event.action, told.event.actor_name) == ("risk.edited", "陈静")
    assert [(change.before, change.after) for change in told.changes] == [("", "没有问材质")]
    assert "没有问材质" in page.content.decode()


def test_an_object_is_found_by_its_number(reader, risk, risk_manager, register):
    other = make_risk(register, by=risk_manager)
    assert codes_at(reader, q=other.code) == {other.code}
    assert events_at(reader, q="R999") == []


def test_filters_narrow_by_person_step_kind_and_day(reader, risk, second_manager):
    close_risk(risk, by=second_manager, reason="停止该服务")
    by_person = events_at(reader, actor="李强", object_type="registers_risk")
    assert by_person == [("risk.closed", risk.code)]
    assert events_at(reader, action="risk.closed", q=risk.code) == [("risk.closed", risk.code)]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    today = timezone.localdate().isoformat()
    assert events_at(reader, since=tomorrow) == []
    assert events_at(reader, until=today, action="risk.closed")
    assert events_at(reader, since=today, until=today, action="risk.closed")


def test_everything_of_one_request_stands_together(reader, risk, risk_manager):
    with entered() as request:
        edit_risk(risk, by=risk_manager, version=None, cause="一")
    found = events_at(reader, request=str(request.id))
    assert found == [("risk.edited", risk.code)]


def test_a_forged_filter_finds_nothing_and_does_not_break(reader, risk):
    for query in ({"object_type": "django_session"}, {"request": "x"}, {"since": "yesterday"}):
        assert reader.get(URL, query).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1989-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_that_nobody_can_mean(reader, risk, name, day):
    page = reader.get(URL, {name: day})
    assert page.status_code == 200
    html = page.content.decode()
    assert SOUGHT.fault(date.fromisoformat(day)) in html
    assert f'id="filter-{name}" open' in html


def test_a_first_day_after_the_last_one_is_said(reader, risk):
    def said(**query):
        page = reader.get(URL, query)
        return page.context["complaint"], page.context["complaint"] in page.content.decode()

    assert said(since="2025-11-22", until="2025-11-21") == (
        "起始日 2025年11月22日 晚于截止日 2025年11月21日，对调即可。", True,
    )  # fmt: skip
    for query in ({"since": "2025-11-21", "until": "2025-11-21"}, {"since": "2025-11-21"},
                  {"since": "x", "until": "2025-11-21"}):  # fmt: skip
        assert said(**query) == ("", True)


def test_a_text_longer_than_its_box(reader, risk):
    said = gettext(TOO_LONG)
    assert said in reader.get(URL, {"q": "字" * 201}).content.decode()
    page = reader.get(URL, {"q": "字" * 200}).content.decode()
    assert said not in page
    assert page.count('maxlength="200"') == 2  # the two searches; other boxes cut no paste


def test_when_it_was_last_verified_stands_on_the_page(reader):
    page = reader.get(URL)
    assert (page.context["standing"].events, page.context["standing"].checked) == (0, None)
    assert page.text.count(VERIFY) == 2


@pytest.mark.parametrize("name", ["risk_manager", "approver", "auditor", "admin"])
def test_those_who_see_the_whole_company_read_all_of_it(sign_in, request, name, risk):
    page = sign_in(request.getfixturevalue(name)).get(URL)
    assert page.context["count"] == str(AuditEvent.objects.count())
    assert VERIFY in page.content.decode()


def test_who_has_no_role_reads_nothing(sign_in, outsider):
    assert sign_in(outsider).get(URL).status_code == 403


class TestWhatConcernsOnesDepartment:
    @pytest.fixture
    def done(self, register, risk_manager, second_manager, clean, repair):
        """The same in both departments: a risk, an assessment that waits, a plan."""
        for department in (clean, repair):
            risk = make_risk(
                register, by=risk_manager, department=department, title=f"{department.code}漏"
            )
            assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
            make_plan(risk, by=risk_manager, submitted=True)
            close_risk(
                make_risk(register, by=risk_manager, department=department),
                by=risk_manager,
                reason="停",
            )

    def rows(self, client, **query):
        """{(kind of object, key)} of everything that the pages of the list show."""
        return {
            (told.event.object_type, told.event.object_id)
            for page in every_page(client, **query)
            for told in told_on(page)
        }

    def theirs(self, department):
        """The register that both write in belongs to the head's department."""
        risks = Risk.objects.filter(owner_department=department)
        plans = ResponsePlan.objects.filter(risk__in=risks)
        controls = Control.objects.filter(risk_controls__risk__in=risks)
        groups = (
            risks,
            controls,
            RiskControl.objects.filter(risk__in=risks),
            AssessmentControl.objects.filter(assessment__risk__in=risks),
            Risk.sources.through.objects.filter(risk__in=risks),
            Assessment.objects.filter(risk__in=risks),
            plans,
            PlanVersion.objects.filter(plan__in=plans),
            Register.objects.filter(department=department.parent, risks__in=risks).distinct(),
        )
        return {(rows.model._meta.db_table, str(row.pk)) for rows in groups for row in rows}

    def test_a_head_reads_the_log_of_the_own_department_only(
        self, done, sign_in, head_cleaning, clean, repair
    ):
        client = sign_in(head_cleaning)
        shown = self.rows(client)
        assert shown == self.theirs(clean)
        assert shown.isdisjoint(self.theirs(repair))
        html = client.get(URL).content.decode()
        assert (VERIFY in html, "REPAIR" in html, "0" * 64 in html) == (False, False, False)
        other = Risk.objects.filter(owner_department=repair).first()
        for query in ({"q": other.code}, {"q": str(other.pk), "object_type": "registers_risk"},
                      {"actor": "陈静", "q": "REPAIR"}):  # fmt: skip
            found = told_on(client.get(URL, query))
            assert not {t.event.object_label for t in found} & {other.code}

    def test_staff_read_what_they_did_themselves(self, done, sign_in, staff_cleaning, clean):
        client = sign_in(staff_cleaning)
        assert client.get(URL).context["count"] == "0"
        own = Risk.objects.filter(owner_department=clean, state__in=OPEN_STATES).first()
        edit_risk(own, by=staff_cleaning, version=None, cause="我写的")
        assert self.rows(client) == {("registers_risk", str(own.pk))}
        assert client.get(URL).context["count"] == "1"

    def test_a_head_and_staff_of_another_department(
        self, done, sign_in, head_cleaning, repair, clean
    ):
        assign_role(head_cleaning, by=None, role="staff", department=repair)
        assert self.rows(sign_in(head_cleaning)) == self.theirs(clean)


def test_the_part_alone(reader, risk):
    headers = {"HX-Request": "true", "HX-Target": "event-rows"}
    page = reader.get(URL, headers=headers).content.decode()
    assert re.match(r'\s*<div class="rh-stack rh-stack-2" id="event-rows"', page)
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(reader, register, risk_manager, queries):
    make_risk(register, by=risk_manager)
    query = f"{URL}?object_type=registers_risk"
    one = queries(reader, query)
    make_risk(register, by=risk_manager)
    make_risk(register, by=risk_manager)
    assert AuditEvent.objects.filter(object_type="registers_risk").count() == 3
    assert queries(reader, query) == one


def test_a_bulk_change_is_one_line_that_leads_to_all_of_it(reader, register, risk_manager):
    risks = [make_risk(register, by=risk_manager) for _n in range(7)]
    with entered() as request:
        for risk in risks:
            edit_risk(risk, by=risk_manager, version=None, cause="同因")
    page = reader.get(URL)
    (group, *_earlier) = page.context["page"].groups
    assert (group.count, len(group.told), group.actor) == (7, 5, "陈静")
    assert f"/audit/requests/{request.id}/" in page.text
    # what comes after a filter begins at the head of the list
    older = reader.get(URL, {"before": group.newest.pk, "object_type": "registers_risk"})
    assert all(one.newest.pk < group.newest.pk for one in older.context["page"].groups)
    assert 'name="before"' not in older.text


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30, "0"])
def test_a_place_that_does_not_exist(reader, risk, before):
    assert reader.get(URL, {"before": before}).status_code == 200


def test_a_new_row_is_folded_and_its_page_shows_all_of_it(reader, risk):
    page = reader.get(URL, {"object_type": "registers_risk"})
    (told,) = told_on(page)
    assert told.is_long
    assert "台面腐蚀" not in page.text
    assert "台面腐蚀" in reader.get(f"/audit/{told.event.pk}/").text
