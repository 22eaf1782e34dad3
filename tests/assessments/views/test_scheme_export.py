import json

import pytest

from assessments.schemes.files import read_file
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.rows import area_codes, content_of
from tests.assessments.matrices import cautious, draft

pytestmark = pytest.mark.django_db


def test_it_reads_back_to_the_same_matrix(risk_manager, auditor, sign_in):
    draft(by=risk_manager)
    for number, content in ((1, content_of(scheme_in_force())), (2, cautious())):
        page = sign_in(auditor).get(f"/settings/matrix/{number}/file/")
        assert page["Content-Disposition"] == f'attachment; filename="matrix-M{number}.json"'
        assert page["Content-Type"] == "application/json"
        assert read_file(page.content, area_codes()) == content
        assert json.loads(page.content)["cells"]["I5"][0] in ("high", "medium")


def test_who_may_not_read_matrices(head_cleaning, risk_manager, sign_in):
    assert sign_in(head_cleaning).get("/settings/matrix/1/file/").status_code == 403
    assert sign_in(risk_manager).get("/settings/matrix/9/file/").status_code == 404
    assert sign_in(risk_manager).post("/settings/matrix/1/file/").status_code == 405
