"""Texts that are alike: how much of what they say they share, told by pairs of characters and words.

Everything is counted in the database, over the column that the search uses too. Rare terms weigh more:
how common a term is, PostgreSQL knows from its last ANALYZE. The rare ones also lead to the
candidates, each through the GIN index and with a limit of its own, so that a text full of everyday
words does not read the whole table. At 100,000 risks this takes some 25 ms.

    weighed = weigh("厨房地面有油", Risk)
    risks.filter(pk__in=candidates(weighed, Risk)).annotate(likeness=likeness(weighed))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import F, FloatField, Func, IntegerField, Model, TextField, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Greatest, Sqrt

_COLUMN = "search"
_EVERYDAY, _COMMON, _FAMILIAR = 0.3, 0.1, 0.02
"""Shares of the rows from which a term says nothing, little, something."""
_HEARD = 150
"""Of a long text the beginning counts: so many terms of it."""
_TERMS, _EACH, _KNOWN, _MOST = 40, 250, 4000, 600
"""So many unknown terms lead to so many rows each, known ones to so many together; the best go on."""
_STOP = frozenset(
    """
    a after all an and any are as at be been before but by can did do for from had has have he her him
    his how i if in into is it its just me more my no not of on one only or our out over she so some
    than that the their them then there they this to too up us very was we were what when where which
    who will with would you your
    """.split()  # noqa: SIM905 - readable as words
)

_TERMS_SQL = """
WITH known AS (
    SELECT s.term, s.share FROM pg_stats p,
        unnest(p.most_common_elems::text::text[], p.most_common_elem_freqs) s(term, share)
    WHERE p.schemaname = 'public' AND p.tablename = %s AND p.attname = %s)
SELECT t.lexeme, coalesce(k.share, 0), greatest(c.reltuples, 0)
FROM unnest(public.search_vector(%s)) t
LEFT JOIN known k ON k.term = t.lexeme
JOIN pg_class c ON c.oid = %s::regclass
ORDER BY t.positions[1], t.lexeme LIMIT %s
"""
_CANDIDATES = """
SELECT r.id FROM unnest(%s::text[], %s::int[], %s::int[]) t(term, weight, most)
CROSS JOIN LATERAL (SELECT id FROM {table} WHERE {column} @@ t.term::tsquery LIMIT t.most) r
GROUP BY r.id ORDER BY sum(t.weight) DESC, r.id LIMIT %s
"""


@dataclass(frozen=True)
class Weighed:
    """The terms of a text by their weight (3 rare, 1 common), and those that lead to candidates.

    A way in is a term as a tsquery, its weight, and how many rows it may bring.
    """

    terms: Mapping[int, Sequence[str]]
    ways_in: Sequence[tuple[str, int, int]]

    @property
    def count(self) -> int:
        return sum(map(len, self.terms.values()))

    @property
    def total(self) -> int:
        return sum(weight * len(terms) for weight, terms in self.terms.items())


def weigh(text: str, model: type[Model]) -> Weighed:
    """The terms of `text` as they stand in the rows of `model`; one query."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(_TERMS_SQL, [table, _COLUMN, text, table, _HEARD])
        rows = cursor.fetchall()
    shares = {
        term: share
        for term, share, _count in rows
        if share < _EVERYDAY and len(term) > 1 and term not in _STOP
    }
    terms: dict[int, list[str]] = {}
    for term, share in shares.items():
        terms.setdefault(_weight(share), []).append(term)
    count = rows[0][2] if rows else 0
    return Weighed(terms, [*_unknown(shares), *_known(shares, count)])


def candidates(weighed: Weighed, model: type[Model]) -> RawSQL:
    """The keys of the rows that share the most of the terms that are rare."""
    sql = _CANDIDATES.format(table=model._meta.db_table, column=_COLUMN)
    ways = [list(way) for way in zip(*weighed.ways_in, strict=True)] or [[], [], []]
    return RawSQL(sql, [*ways, _MOST])  # noqa: S611 - our own names


def likeness(weighed: Weighed) -> Combinable:
    """From 0 to 1: the weight of the shared terms against that of both texts."""
    shared: Combinable = Value(0)
    for weight, terms in weighed.terms.items():
        given = Value(list(terms), output_field=ArrayField(TextField()))
        others = Func(F(_COLUMN), given, function="ts_delete", output_field=SearchVectorField())
        shared = shared + weight * (_count(F(_COLUMN)) - _count(others))
    both = Sqrt(2.0 * max(weighed.total, 1) * Greatest(_count(F(_COLUMN)), 1))
    return Cast(shared, FloatField()) / Cast(both, FloatField())


def shared_terms(weighed: Weighed) -> Combinable:
    """How many terms of the text a row holds."""
    terms = [term for terms in weighed.terms.values() for term in terms]
    given = Value(terms, output_field=ArrayField(TextField()))
    others = Func(F(_COLUMN), given, function="ts_delete", output_field=SearchVectorField())
    return _count(F(_COLUMN)) - _count(others)


def _count(vector: F | Func[Any]) -> Func[Any]:
    """How many terms it holds."""
    return Func(vector, function="length", output_field=IntegerField())


def _weight(share: float) -> int:
    return 3 if share < _FAMILIAR else 2 if share < _COMMON else 1


def _unknown(shares: Mapping[str, float]) -> list[tuple[str, int, int]]:
    """In the order of the text, which says first what it is about."""
    terms = [term for term, share in shares.items() if not share]
    return [(_quoted(term), 3, _EACH) for term in terms[:_TERMS]]


def _known(shares: Mapping[str, float], count: float) -> list[tuple[str, int, int]]:
    """The rarest first, until they lead to too many rows."""
    ways, rows = [], 0.0
    for term, share in sorted(shares.items(), key=lambda pair: pair[1]):
        rows += share * count
        if rows > _KNOWN:
            break
        if share:
            ways.append((_quoted(term), _weight(share), _KNOWN))
    return ways


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
