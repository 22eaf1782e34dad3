"""Whether a map of levels and its scales make a good matrix: the checks M1 to M10.

The map belongs to its scales, so both are always checked together. Cheap enough for every click.
"""

from assessments.matrix_checks.drawn import Drawn
from assessments.matrix_checks.findings import Finding, Severity
from assessments.matrix_checks.losses import consistent_colours, declared_floors, weak_consistency
from assessments.matrix_checks.order import (
    betweenness,
    complete,
    corners,
    edges_of_zero,
    monotone,
    worst_impact,
)
from assessments.matrix_checks.quality import wrong_and_tied_words
from assessments.matrix_checks.steps import bands_touch

__all__ = ["Drawn", "Finding", "Severity", "check_matrix", "has_errors"]

_OF_THE_MAP = (monotone, corners, betweenness, edges_of_zero, worst_impact)
_OF_BOTH = (weak_consistency, consistent_colours, declared_floors)


def check_matrix(drawn: Drawn) -> list[Finding]:
    """The worst first. Where cells are missing or bands do not increase, the rest cannot be asked."""
    findings = complete(drawn)
    is_whole = not has_errors(findings)
    if is_whole:
        findings += [one for check in _OF_THE_MAP for one in check(drawn)]
    findings += (of_bands := bands_touch(drawn))
    if is_whole and not has_errors(of_bands):
        findings += [one for check in _OF_BOTH for one in check(drawn)]
        findings.append(wrong_and_tied_words(drawn))
    return sorted(findings, key=lambda one: (one.severity.rank, int(one.code[1:])))


def has_errors(findings: list[Finding]) -> bool:
    return any(one.severity == Severity.ERROR for one in findings)
