"""How clauses of the contract did in disputes."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from incidents.choices import ClauseOutcome
from incidents.models import ComplaintClause
from registers.disputes import Disputes

YEAR = timedelta(days=365)


def disputes_of_year(clauses: Collection[int]) -> dict[int, Disputes]:
    """One query."""
    noted = ComplaintClause.objects.filter(
        clause__in=clauses, noted_at__gte=timezone.now() - YEAR
    ).order_by()
    rows = noted.values_list("clause").annotate(
        helped=Count("pk", filter=Q(outcome=ClauseOutcome.HELPED)),
        failed=Count("pk", filter=Q(outcome=ClauseOutcome.FAILED)),
    )
    return {clause: Disputes(helped, failed) for clause, helped, failed in rows}
