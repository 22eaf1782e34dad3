"""Words typed into a filter, each of which must stand somewhere in a row."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q


def each_word_in(text: str, *columns: str) -> Q:
    """Each word stands in one of the columns, wherever the others are; no word asks for nothing."""
    found = (
        reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
        for word in text.split()
    )
    return reduce(and_, found, Q())
