from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment
from registers.models import LibraryRisk, Register, Risk
from riskhub.audit.models import AuditEvent
from riskhub.demo import volume


@pytest.fixture
def seed(db, monkeypatch):
    """In chunks of 40, so that several are made."""
    monkeypatch.setattr(volume, "CHUNK", 40)

    def run(count):
        said = StringIO()
        call_command("seed", "--risks", str(count), stdout=said)
        return said.getvalue()

    return run


def test_numbers_go_on_without_a_gap(seed):
    assert [line.split()[0] for line in seed(100).splitlines()] == ["40", "80", "100"]
    seed(20)
    numbers = list(Risk.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 121))
    assert Register.objects.filter(code__startswith="SEED").count() == 8


def test_the_standing_says_what_the_confirmed_assessment_says(seed):
    seed(100)
    kinds = [
        f"{kind}_{part}"
        for kind in ("inherent", "residual")
        for part in ("probability", "impact", "level")
    ]
    judged = dict(
        Assessment.objects.confirmed().values_list("risk", "assessed_on").order_by("risk")
    )
    assert 60 < len(judged) < 100
    for assessment in Assessment.objects.select_related("risk"):
        risk = assessment.risk
        assert [getattr(risk, name) for name in kinds] == [
            getattr(assessment, name) for name in kinds
        ]
        assert risk.assessed_on == assessment.assessed_on
    assert Risk.objects.filter(assessed_on=None, state="identified").count() == 100 - len(judged)


def test_every_row_is_found_is_audited_and_has_its_source(seed):
    seed(40)
    risk = Risk.objects.get(number=7)
    assert risk.code == "R007"
    assert list(Risk.objects.matching("R007")) == [risk]
    assert list(risk.sources.all()) == [risk.primary_source]
    event = AuditEvent.objects.get(object_type="registers_risk", object_id=str(risk.pk))
    assert (event.action, event.actor_name, event.operation) == ("risk.seeded", "system", "insert")


def test_production_refuses_it(seed, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        seed(1)
    assert not Risk.objects.exists()


def test_a_number_below_one_is_refused(seed):
    with pytest.raises(CommandError, match="from 1"):
        seed(0)


def test_without_the_library_it_says_what_to_do(seed):
    LibraryRisk.objects.all().delete()
    with pytest.raises(CommandError, match="load_library"):
        seed(1)
