"""Chinese runs become overlapping pairs of characters, everything else lower-case words.

The functions name each other with the schema: a generated column calls them while pg_dump's restore
has an empty search_path.
"""

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION public.search_terms(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(string_agg(term, ' ' ORDER BY ord, place), '') FROM (
        SELECT g.ord, place,
               CASE WHEN han THEN substr(word, place, 2) ELSE lower(word) END AS term
        FROM regexp_matches(t, '[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9A-Za-z_]+', 'g')
             WITH ORDINALITY g(hit, ord),
        LATERAL (SELECT g.hit[1] AS word, g.hit[1] ~ '^[\u3400-\u9fff\U00020000-\U0003ffff]' AS han) w,
        LATERAL generate_series(1, CASE WHEN han THEN greatest(length(word) - 1, 1) ELSE 1 END) place
    ) terms
$$;

CREATE OR REPLACE FUNCTION public.search_vector(t text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple', public.search_terms(t))
$$;

CREATE OR REPLACE FUNCTION public.search_query(t text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(string_agg(quote_literal(term) || ':*', ' & '), '')::tsquery
    FROM unnest(string_to_array(public.search_terms(t), ' ')) term WHERE term <> ''
$$;
"""

DROP = """
DROP FUNCTION IF EXISTS public.search_query(text);
DROP FUNCTION IF EXISTS public.search_vector(text) CASCADE;
DROP FUNCTION IF EXISTS public.search_terms(text);
"""
