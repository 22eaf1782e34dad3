"""The lists of the company, in their order, with how many rows name each entry."""

from registers.models import RiskSource, ServiceLine
from registers.services import create_term
from tests.builders import make_risk

URL = "/settings/taxonomy/"


def uses(client, kind):
    found = next(one for one in client.get(URL).context["lists"] if one["kind"] == kind)
    return {term.code: count for term, count in found["rows"]}


def test_what_names_an_entry_is_counted_once(manager, register, risk_manager):
    line = ServiceLine.objects.get(code="repair")
    audit = RiskSource.objects.get(code="audit")
    make_risk(register, by=risk_manager, service_lines=[line], sources=[audit])
    make_risk(register, by=risk_manager)
    assert uses(manager, "line")["repair"] == 1
    assert uses(manager, "line")["moving"] == 0
    assert uses(manager, "source")["internal_record"] == 2
    assert uses(manager, "source")["audit"] == 1
    assert uses(manager, "category")["operational"] == 2


def test_as_many_queries_for_more_entries(manager, risk_manager, queries):
    before = queries(manager, URL)
    for code in ("a", "b", "c"):
        create_term(ServiceLine, by=risk_manager, code=code, name_zh=code)
    assert queries(manager, URL) == before


def test_who_only_reads_is_offered_nothing(sign_in, auditor, ops_manager, manager):
    assert "/settings/taxonomy/line/new/" in manager.get(URL).content.decode()
    for reader in (auditor, ops_manager):
        page = sign_in(reader).get(URL).content.decode()
        assert "/settings/taxonomy/line/new/" not in page
        assert "/edit/" not in page
