"""How cells and rules of appetite are called in logs."""

from assessments.models import AppetiteRule, MatrixCell


def test_a_cell_by_its_scores_and_a_rule_by_its_level(db):
    assert str(MatrixCell.objects.get(probability=4, impact=3)) == "(4,3)"
    assert str(AppetiteRule.objects.get(level=0, area=None)).startswith("低 ")
