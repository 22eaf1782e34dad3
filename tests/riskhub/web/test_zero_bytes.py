"""A zero byte in an address is a mistake of the sender, not a fault of ours."""

import pytest


@pytest.mark.parametrize("path", ["/plans/%00/", "/risks/%00/", "/registers/%00/import/"])
def test_in_the_path_it_names_nothing(path, risk_manager, sign_in, settings):
    settings.ROOT_URLCONF = "riskhub.urls"

    assert sign_in(risk_manager).get(path).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "register=a%00b", "page=%00"])
def test_in_the_query_it_is_refused(query, risk_manager, sign_in, settings):
    settings.ROOT_URLCONF = "riskhub.urls"

    assert sign_in(risk_manager).get(f"/risks/?{query}").status_code == 400


def test_brackets_without_end_are_a_bad_request_for_the_api(risk_manager, sign_in, settings):
    settings.ROOT_URLCONF = "riskhub.urls"
    answer = sign_in(risk_manager).post(
        "/api/v1/risks/", "[" * 50_000, content_type="application/json"
    )

    assert answer.status_code == 400
