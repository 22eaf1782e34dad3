"""What each page of a step of a change refuses, whatever the step."""


def url_of(change, step):
    return f"/changes/{change.code}/{step}/"


def assert_refused(sign_in, change, step, body, *, others, outside):
    """403 to who may not, 404 to who does not see it, 409 to a stale page; and nothing is done."""
    url, before = url_of(change, step), change.state
    stale = {"row_version": change.row_version + 7}
    for user in others:
        assert sign_in(user).post(url, body).status_code == 403
    assert sign_in(outside[0]).post(url, body).status_code == 404
    assert sign_in(outside[1]).post(url, body | stale).status_code == 409
    change.refresh_from_db()
    assert change.state == before
