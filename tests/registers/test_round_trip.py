"""R-77: what is exported is imported again, in either language and form, without asking anything."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from registers.models import LibraryRisk, Risk
from registers.services import adopt_risks, edit_risk
from tests.builders import assess


@pytest.fixture
def filled(register, risk_manager, second_manager, head_cleaning):
    adopt_risks(LibraryRisk.objects.all()[:5], by=risk_manager, register=register)
    risk = Risk.objects.get(number=1)
    edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning, title="-1 楼坠落")
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=second_manager)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_register_is_read_back(filled, tmp_path, language, form):
    path = tmp_path / f"svc.{form}"
    call_command("export_register", register="SVC", format=form, out=path, lang=language)
    said = StringIO()
    call_command("import_register", path, register="NEW", dry_run=True, json=True, stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["refused"] is None
    columns = answer["mapping"]["columns"]
    for field in (
        "title", "cause", "event", "consequence", "category", "area", "source", "owner",
        "department", "number", "level", "status", "strategy", "identified_on", "probability",
        "impact", "residual_probability", "residual_impact",
    ):  # fmt: skip
        assert columns[field], field
    rows = [(row["outcome"], row["probability"], row["impact"]) for row in answer["rows"]]
    assert rows == [("create", 3, 5)] + [("create", None, None)] * 4
    wanted = {"zh-hans": "-1 楼坠落", "en": "Fall from height"}[language]
    assert answer["rows"][0]["title"] == wanted
