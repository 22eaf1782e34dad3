"""What is done to a comment, a link or a file of a risk is found under the risk, and names it."""

import pytest

from assessments.models import ResponsePlan
from registers.services import link_control, link_risks, unlink_control
from riskhub.audit.models import AuditEvent
from riskhub.files.models import StoredFile
from riskhub.files.services import add_comment, withdraw_comment
from tests.builders import assess, check, make_control, make_plan, make_risk
from tests.riskhub.oversight.test_event_list import URL, every_page, reader, risk, told_on

__all__ = ["reader", "risk"]


def file_on(row, by):
    stored = StoredFile.objects.create(
        kind="x", filename="照片.pdf", mime="x", size=1, sha256="0" * 64, uploaded_by=by
    )
    kind = row._meta.label_lower
    return row._meta.apps.get_model("files", "Attachment").objects.create(
        owner_type=kind, owner_id=row.pk, kind="document", file=stored, received_sha256="0" * 64
    )


@pytest.fixture
def done(register, risk, risk_manager, second_manager, ops):
    """One of everything that belongs to a risk, and the same once more for another one."""
    other = make_risk(register, by=risk_manager, title="别的")
    made = {}
    for number, one in enumerate((risk, other)):
        control = make_control(ops, by=risk_manager, title=f"试压{number}")
        link = link_control(one, control, by=risk_manager)
        gone = link_control(
            one, make_control(ops, by=risk_manager, title=f"旧{number}"), by=risk_manager
        )
        gone_key = gone.pk
        unlink_control(gone, by=risk_manager)
        assess(one, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
        version = make_plan(one, by=risk_manager, submitted=True)
        plan = ResponsePlan.objects.get(risk=one)
        taken = add_comment(one, "写错了", by=risk_manager)
        withdraw_comment(taken, by=risk_manager)
        made[one] = {
            "registers_riskcontrol": {link.pk, gone_key},
            "registers_controlcheck": {check(control, by=risk_manager).pk},
            "assessments_assessment": {*one.assessments.values_list("pk", flat=True)},
            "assessments_responseplan": {plan.pk},
            "assessments_planversion": {*plan.versions.values_list("pk", flat=True)},
            "files_comment": {
                add_comment(one, "要先停", by=risk_manager).pk, taken.pk,
                add_comment(plan, "何时开始", by=risk_manager).pk,
            },
            "files_attachment": {file_on(one, risk_manager).pk},
        }  # fmt: skip
        assert version
    return made


def keys_found(client, **query):
    found = {}
    for page in every_page(client, **query):
        for group in page.context["page"].groups:
            for told in group.told:
                found.setdefault(told.event.object_type, set()).add(told.event.object_id)
    return found


def test_the_number_of_a_risk_finds_what_belongs_to_it_and_to_no_other(reader, risk, done):
    found = keys_found(reader, q=risk.code)
    for table, keys in done[risk].items():
        assert (table, found.get(table)) == (table, {str(key) for key in keys})
    assert found["registers_risk"] == {str(risk.pk)}
    assert found["files_commentwithdrawal"]
    assert found["registers_risk_sources"]


def test_a_link_is_found_under_both_of_its_ends(reader, register, risk, risk_manager):
    other = make_risk(register, by=risk_manager, title="别的")
    link = link_risks(risk, other, by=risk_manager, relation="causes")
    for code in (risk.code, other.code):
        assert keys_found(reader, q=code)["registers_risklink"] == {str(link.pk)}
    told = told_of(reader, "registers_risklink")
    assert [thing.name for thing in told.belongs_to] == [str(risk), str(other)]


def told_of(client, table):
    page = client.get(URL, {"object_type": table})
    return told_on(page)[0]


def test_a_plan_finds_its_versions_and_what_was_said_about_it(reader, risk, done):
    plan = ResponsePlan.objects.get(risk=risk)
    found = keys_found(reader, q=plan.code)
    assert found["assessments_planversion"] == {
        str(pk) for pk in plan.versions.values_list("pk", flat=True)
    }
    assert len(found["files_comment"]) == 1


def test_the_event_names_what_it_belongs_to_and_leads_there(reader, risk, done):
    comment = AuditEvent.objects.filter(object_type="files_comment").order_by("pk")[1]
    for url in (f"/audit/{comment.pk}/", "/audit/?object_type=files_comment"):
        assert f'<a href="/risks/{risk.code}/">{risk}</a>' in reader.get(url).text
    gone = AuditEvent.objects.filter(action="risk_control.unlinked").earliest("pk")
    (told,) = [
        told_on(reader.get(URL, {"object_type": gone.object_type, "row": gone.object_id}))[0]
    ]
    assert [thing.name.split()[0] for thing in told.belongs_to] == [risk.code, "C-102"]
    version = told_of(reader, "assessments_planversion")
    assert len(version.belongs_to) == 2


def test_what_the_reader_does_not_see_is_not_named(
    sign_in, staff_cleaning, register, clean, repair, risk_manager
):
    risk = make_risk(register, by=risk_manager, department=clean)
    own = add_comment(risk, "我说的", by=staff_cleaning)
    event = AuditEvent.objects.filter(object_type="files_comment", object_id=str(own.pk)).get()
    client = sign_in(staff_cleaning)
    assert str(risk) in client.get(f"/audit/{event.pk}/").text
    type(risk).objects.filter(pk=risk.pk).update(owner_department=repair)
    page = client.get(f"/audit/{event.pk}/")
    assert (page.status_code, str(risk) in page.text) == (200, False)


def test_the_number_of_queries_stays(reader, risk, done, queries, risk_manager):
    query = f"{URL}?q={risk.code}"
    one = queries(reader, query)
    for text in ("一", "二", "三"):
        add_comment(risk, text, by=risk_manager)
    assert queries(reader, query) == one
