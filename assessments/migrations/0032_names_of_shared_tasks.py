"""Open tasks that several changes share were named after the first one alone."""

from django.db import migrations

_NAME = "p.code || ' ' || CASE WHEN p.lang = '{0}' THEN p.title ELSE coalesce(nullif(p.title_alt, ''), p.title) END"
_JOINED = """
    CASE WHEN length(string_agg({0}, '{1}')) <= 300 THEN string_agg({0}, '{1}' ORDER BY p.number)
    ELSE left(string_agg(left({0}, (300 / counted.of)::int - 2), '{1}' ORDER BY p.number), 300) END"""
_WAITING = "p.state IN ('submitted', 'assessing', 'ready') AND c.removed_reason = ''"
NAMES = f"""
WITH counted AS (
    SELECT c.task_id, count(*) AS of
    FROM assessments_changerisk c JOIN assessments_processchange p ON p.id = c.change_id
    WHERE {_WAITING} GROUP BY c.task_id
), named AS (
    SELECT c.task_id,
        {_JOINED.format(_NAME.format("zh-hans"), "；")} AS zh,
        {_JOINED.format(_NAME.format("en"), "; ")} AS en
    FROM assessments_changerisk c JOIN assessments_processchange p ON p.id = c.change_id
    JOIN counted ON counted.task_id = c.task_id AND counted.of > 1
    WHERE {_WAITING} GROUP BY c.task_id, counted.of
)
UPDATE assessments_reassessmenttask t
SET label_zh = named.zh, label_en = named.en, row_version = t.row_version + 1
FROM named
WHERE t.id = named.task_id AND t.state = 'open' AND (t.label_zh, t.label_en) <> (named.zh, named.en);
"""  # noqa: S608 - our own words


class Migration(migrations.Migration):
    dependencies = [("assessments", "0031_who_puts_changes_live")]

    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
