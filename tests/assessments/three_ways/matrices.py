"""Attempts on matrices."""

from django.utils import timezone

from assessments.models import (
    MatrixScheme,
    SchemeDecision,
)
from tests.assessments.matrices import changed, draft, submitted
from tests.assessments.refusals import sql
from tests.assessments.three_ways.world import Ways, settled


def falling_matrix(world):
    scheme = draft(by=world.manager, content=changed(c33=0))
    version = scheme.row_version

    def by_sql():
        sql(
            "INSERT INTO assessments_matrixcell (scheme_id, probability, impact, level) "
            "SELECT 2, probability, impact, CASE WHEN (probability, impact) = (3, 3) THEN 0 "
            "ELSE level END FROM assessments_matrixcell WHERE scheme_id = 1"
        )
        MatrixScheme.objects.filter(number=1).update(state="retired")
        MatrixScheme.objects.filter(number=2).update(state="in_force", in_force_from=timezone.now())

    return Ways(
        (world.manager, "/settings/matrix/2/submit/", {"row_version": version}),
        (world.manager, "schemes/2/submit/", None, "post", {"if_match": f'"{version}"'}),
        by_sql,
    )


def matrix_decision(scheme, by, content_hash=None):
    shown = content_hash or scheme.content_hash
    body = {"content_hash": shown, "comment": ""}

    def by_sql():
        SchemeDecision.objects.create(
            scheme=scheme, content_hash=shown, approver=by, decision="approved"
        )
        settled()

    return Ways(
        (by, "/settings/matrix/2/decide/", {"decision": "approved", **body}),
        (by, "schemes/2/approve/", body),
        by_sql,
    )


def own_matrix(world):
    return matrix_decision(submitted(by=world.both), world.both)


def other_matrix(world):
    return matrix_decision(submitted(by=world.manager), world.approver, "0" * 64)


def matrix_in_force(world):
    body = {"content": changed(c11=0).as_json()}
    return Ways(
        (world.manager, "/settings/matrix/1/edit/", {"row_version": 1}),
        (world.manager, "schemes/1/", body, "put", {"if_match": '"1"'}),
        lambda: sql("UPDATE assessments_matrixcell SET level = 0"),
    )
