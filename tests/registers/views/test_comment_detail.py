from riskhub.files.services import add_comment
from tests.registers.pages import main_of


def test_one_comment_whole_with_the_way_back(risk, risk_manager, sign_in, head_cleaning):
    comment = add_comment(risk, "第一行\n第二行", by=risk_manager)
    page = sign_in(head_cleaning).get(f"/comments/{comment.pk}/")
    assert "第一行<br>第二行" in page.content.decode()
    assert 'href="/risks/R001/"' in page.content.decode()
    assert "陈静" in main_of(page)


def test_of_what_one_does_not_see_it_is_missing(other_risk, risk_manager, sign_in, head_cleaning):
    comment = add_comment(other_risk, "别的部门", by=risk_manager)
    client = sign_in(head_cleaning)
    assert [client.get(f"/comments/{pk}/").status_code for pk in (comment.pk, 98765)] == [404, 404]


def test_only_read(risk, risk_manager, manager):
    comment = add_comment(risk, "话", by=risk_manager)
    assert manager.post(f"/comments/{comment.pk}/").status_code == 405
