"""What searching the log needs of the database beyond the indexes of `riskhub.audit.models`.

Most labels are codes, which `audit_event_label` finds. The words of the others are found by their
parts, as everywhere; codes are left out, so that writing an event does not take them apart.
"""

HAS_WORDS = "[^!-~]"
"""A blank, or a sign that is not of ASCII."""

LABEL_WORDS = f"""
CREATE INDEX audit_event_words ON public.audit_auditevent
USING gin (public.search_vector(object_label)) WHERE object_label ~ '{HAS_WORDS}';
"""
DROP_LABEL_WORDS = "DROP INDEX IF EXISTS public.audit_event_words;"

# Each name once, by leaps in the index: there are few names and very many events.
ACTOR_NAMES = """
WITH RECURSIVE names AS (
    (SELECT actor_name FROM audit_auditevent ORDER BY actor_name LIMIT 1)
    UNION ALL
    SELECT (SELECT e.actor_name FROM audit_auditevent e WHERE e.actor_name > n.actor_name
            ORDER BY e.actor_name LIMIT 1)
    FROM names n WHERE n.actor_name IS NOT NULL
)
SELECT actor_name FROM names WHERE strpos(upper(actor_name), upper(%s)) > 0
"""
