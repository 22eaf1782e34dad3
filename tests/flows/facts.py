"""What the database holds, asked in SQL of our own as its owner: nothing of the product in between."""

from tests.database import connect_as_owner

LEVELS = """
    WITH judged AS (
        SELECT DISTINCT ON (risk_id) risk_id, scheme_id, residual_probability, residual_impact
        FROM assessments_assessment WHERE state = 'confirmed' ORDER BY risk_id, confirmed_at DESC
    )
    SELECT coalesce(cell.level, -1), count(*)
    FROM registers_risk AS risk
    LEFT JOIN judged ON judged.risk_id = risk.id
    LEFT JOIN assessments_matrixcell AS cell ON cell.scheme_id = judged.scheme_id
        AND (cell.probability, cell.impact) = (judged.residual_probability, judged.residual_impact)
    WHERE risk.state NOT IN ('closed', 'merged') GROUP BY 1
"""
HEAD = """
    SELECT hash FROM audit_auditseal WHERE event_id < (
        SELECT min(id) FROM audit_auditevent WHERE action = 'report.requested'
    ) ORDER BY seq DESC LIMIT 1
"""
DECISIONS = """
    SELECT plan.code, version.number, risk.code, approval.decision, approval.comment,
           encode(sha256(convert_to(version.content, 'UTF8')), 'hex'), assigned.role
    FROM assessments_approval AS approval
    JOIN assessments_planversion AS version ON version.id = approval.version_id
    JOIN assessments_responseplan AS plan ON plan.id = version.plan_id
    JOIN registers_risk AS risk ON risk.id = plan.risk_id
    JOIN accounts_roleassignment AS assigned ON assigned.user_id = approval.approver_id
"""
REPORT = """
    SELECT file.sha256, snapshot.sha256, report.pages FROM reports_report AS report
    JOIN reports_reportsnapshot AS snapshot ON snapshot.id = report.snapshot_id
    JOIN files_storedfile AS file ON file.id = report.file_id
"""


def ask(question, *values):
    with connect_as_owner() as owner:
        return owner.execute(question, values).fetchall()


def counts_by_level():
    """[critical, high, medium, low, not rated] of the open risks, from the confirmed assessments."""
    counted = dict(ask(LEVELS))
    return [counted.get(level, 0) for level in (3, 2, 1, 0, -1)]
