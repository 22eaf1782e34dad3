import pytest

from riskhub.files.models import AttachmentErasure
from riskhub.files.services import remove_attachment
from riskhub.files.store import path_of


def url(attachment):
    return f"/files/{attachment.uuid}/"


def test_a_download_in_a_sandbox(attachment, sign_in, staff_cleaning):
    response = sign_in(staff_cleaning).get(url(attachment))
    assert (response.status_code, response.content) == (200, attachment.file.read())
    assert {name: response[name] for name in (
        "Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options",
        "Cache-Control",
    )} == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": 'attachment; filename="a.jpg"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }  # fmt: skip


def test_another_department_finds_nothing(attachment, sign_in, staff_repair, outsider):
    for user in (staff_repair, outsider):
        assert sign_in(user).get(url(attachment)).status_code == 404


def test_nobody_signed_in(attachment, sign_in):
    assert sign_in().get(url(attachment))["Location"] == f"/accounts/login/?next={url(attachment)}"


def test_out_of_view(attachment, sign_in, risk_manager):
    remove_attachment(attachment, by=risk_manager, reason="重复")
    assert sign_in(risk_manager).get(url(attachment)).status_code == 404


def test_a_damaged_file_is_said_on_the_page_of_its_thing(
    attachment, risk, sign_in, risk_manager, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    client = sign_in(risk_manager)
    response = client.get(url(attachment))
    risk.refresh_from_db()
    assert response["Location"] == risk.get_absolute_url()
    assert "备份" in client.get(response["Location"]).content.decode()


def test_bytes_that_rot_are_not_handed_out(attachment, sign_in, risk_manager, tmp_path, settings):
    content = attachment.file.read()
    settings.MEDIA_ROOT = tmp_path
    path = path_of(attachment.file.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(content + b"x")
    assert sign_in(risk_manager).get(url(attachment)).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_read(attachment, sign_in, risk_manager, method):
    assert getattr(sign_in(risk_manager), method)(url(attachment)).status_code == 405


def test_after_its_retention_the_page_of_its_thing_says_so(attachment, risk, sign_in, risk_manager):
    AttachmentErasure.objects.create(attachment=attachment)
    client = sign_in(risk_manager)
    answer = client.get(url(attachment))
    risk.refresh_from_db()
    assert answer["Location"] == risk.get_absolute_url()
    page = client.get(answer["Location"]).content.decode()
    assert ("已到保存期限" in page, attachment.thumbnail_url in page) == (True, False)
    assert client.get(attachment.thumbnail_url).status_code == 404
