"""The SQL functions as Django expressions, and the lookup that joins them."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Lookup
from django.db.models.sql.compiler import SQLCompiler


class SearchVector(Func):
    """The tsvector of one text expression."""

    function = "public.search_vector"
    output_field = SearchVectorField()
    arity = 1


@SearchVectorField.register_lookup
class Holds(Lookup[Any]):
    """`search__holds="漏水"`: every typed term is in the vector, words by their beginning."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401, ARG002 - Django's signature
        return "%s", [str(value)]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        vector, vector_params = self.process_lhs(compiler, connection)
        text, text_params = self.process_rhs(compiler, connection)
        return f"{vector} @@ public.search_query({text})", [*vector_params, *text_params]
