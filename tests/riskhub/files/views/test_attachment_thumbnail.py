from riskhub.files.checking import check_document
from riskhub.files.keeping import keep_file
from riskhub.files.services import attach_files


def url(attachment):
    return f"/files/{attachment.uuid}/thumbnail/"


def test_the_small_picture_in_the_same_way(attachment, sign_in, staff_cleaning):
    response = sign_in(staff_cleaning).get(url(attachment))
    assert (response.status_code, response.content) == (200, attachment.thumbnail.read())
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_another_department_finds_nothing(attachment, sign_in, staff_repair):
    assert sign_in(staff_repair).get(url(attachment)).status_code == 404


def test_a_document_has_none(risk, sign_in, risk_manager):
    (document,) = attach_files(risk, [keep_file(check_document("a.txt", b"x"))], by=risk_manager)
    assert sign_in(risk_manager).get(url(document)).status_code == 404


def test_a_damaged_one_is_not_there(attachment, sign_in, risk_manager, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    assert sign_in(risk_manager).get(url(attachment)).status_code == 404


def test_only_read(attachment, sign_in, risk_manager):
    assert sign_in(risk_manager).post(url(attachment)).status_code == 405
