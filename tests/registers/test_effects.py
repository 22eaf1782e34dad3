from datetime import timedelta

from django.utils import timezone
from django.utils.translation import override

from registers.effects import SHOWN, told_of
from registers.models import Risk, RiskSource
from registers.weighing import Change, Effect, weigh
from tests.builders import make_risk


def told(risks, change, user):
    with override("en"):
        return [
            (each.risk.code, each.steps) for each in told_of(weigh(risks, change, user), change)
        ]


def test_what_stands_there_and_what_would(register, risk_manager, head_cleaning, clean):
    mine = make_risk(register, by=risk_manager, department=clean, owner=risk_manager)
    free = make_risk(register, by=risk_manager, department=clean)
    change = Change(owner=head_cleaning, business_importance=5, importance_reason="旺季")
    rows = list(Risk.objects.filter(pk__in=[mine.pk, free.pk]).in_ranking())
    importance = ("Business importance", "3", "5")
    assert told(rows, change, risk_manager) == [
        (mine.code, [("Owner", str(risk_manager), str(head_cleaning)), importance]),
        (free.code, [("Owner", "empty", str(head_cleaning)), importance]),
    ]


def test_what_a_risk_has_already_is_not_told(risk, risk_manager):
    source = RiskSource.objects.exclude(pk=risk.primary_source_id).first()
    day = timezone.localdate() + timedelta(days=9)
    change = Change(owner=risk.owner, next_review_on=day, add_source=source)
    ((_code, steps),) = told([risk], change, risk_manager)
    assert [step[0] for step in steps] == ["Next review", "Further sources"]
    assert steps[1][1:] == ("", source.name_en)


def test_the_first_of_many():
    effect = Effect(changed=[Risk(number=n) for n in range(SHOWN + 3)])
    assert len(told_of(effect, Change(business_importance=5))) == SHOWN
