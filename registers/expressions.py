"""Generated columns of a risk: its code, its priority and its place in the one order.

The order (spec 3.6): level, then the priority index p + i + (importance - 3) / 2, then impact, then
velocity, then the oldest assessment, then the number; risks that nobody has assessed follow, oldest
first. It is one text of digits, so that lists page by it and every other place sorts the same.
"""

from django.db.models import CharField, DecimalField, F, Func, TextField, Value
from django.db.models.functions import Concat

from riskhub.search.functions import SearchVector

FUNCTIONS = """
CREATE OR REPLACE FUNCTION public.risk_code(number int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'R' || lpad(number::text, greatest(3, length(number::text)), '0')
$$;

CREATE OR REPLACE FUNCTION public.risk_priority(probability int, impact int, importance int) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT probability + impact + 0.5 * (importance - 3)
$$;

CREATE OR REPLACE FUNCTION public.risk_rank_key(
    level int, probability int, impact int, importance int, velocity text, assessed_on date,
    reported_on date, number int
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN level IS NULL THEN '9' || lpad((reported_on - date '1900-01-01')::text, 6, '0')
        ELSE (3 - level)::text
          || lpad((200 - 10 * public.risk_priority(probability, impact, importance))::int::text, 3, '0')
          || (5 - impact)::text
          || CASE velocity WHEN 'instant' THEN '0' WHEN 'hours' THEN '1' WHEN 'days' THEN '2' ELSE '3' END
          || lpad((coalesce(assessed_on, date '1900-01-01') - date '1900-01-01')::text, 6, '0')
        END || lpad(number::text, 9, '0')
$$;
"""

DROP = """
DROP FUNCTION IF EXISTS public.risk_rank_key(int, int, int, int, text, date, date, int);
DROP FUNCTION IF EXISTS public.risk_priority(int, int, int);
DROP FUNCTION IF EXISTS public.risk_code(int);
"""

CODE = Func(F("number"), function="public.risk_code", output_field=CharField())

CONTROL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION public.control_code(number int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'C-' || lpad(number::text, greatest(2, length(number::text)), '0')
$$;
"""

CONTROL_DROP = "DROP FUNCTION IF EXISTS public.control_code(int)"

CONTROL_CODE = Func(F("number"), function="public.control_code", output_field=CharField())

PRIORITY = Func(
    F("residual_probability"), F("residual_impact"), F("business_importance"),
    function="public.risk_priority", output_field=DecimalField(),
)  # fmt: skip

RANK_KEY = Func(
    F("residual_level"), F("residual_probability"), F("residual_impact"), F("business_importance"),
    F("velocity"), F("assessed_on"), F("reported_on"), F("number"),
    function="public.risk_rank_key", output_field=CharField(),
)  # fmt: skip

SEARCH = SearchVector(
    Concat(
        F("title"), Value(" "), F("title_alt"), Value(" "), F("cause"), Value(" "), F("event"),
        Value(" "), F("consequence"), Value(" "),
        Func(F("number"), function="public.risk_code", output_field=TextField()),
        output_field=TextField(),
    )
)  # fmt: skip
