"""Each refusal in one shape, in the language of whoever asks."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import Client
from django.utils.translation import override
from rest_framework import exceptions

from assessments.services import CannotConfirm, CannotDecide, PendingAssessment, PlanIncomplete
from registers.closing import NotOpen
from registers.models import Risk
from registers.services import CannotClose
from riskhub.api.problems import problem, problem_of
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web import errors as pages
from riskhub.web.api.preconditions import VersionRequired
from tests.api_client import ApiClient, refusal

WHOLE = "non_field_errors"


@pytest.mark.parametrize(
    ("exception", "status", "code", "errors"),
    [
        (ValidationError("x"), 400, "invalid", {WHOLE: ["x"]}),
        (ValidationError({"a": ["x", "y"]}), 400, "invalid", {"a": ["x", "y"]}),
        (ValidationError({"__all__": ["x"]}), 400, "invalid", {WHOLE: ["x"]}),
        (exceptions.ValidationError("x"), 400, "invalid", {WHOLE: ["x"]}),
        (exceptions.ValidationError({"a": {"b": ["x"]}}), 400, "invalid", {"a.b": ["x"]}),
        (
            exceptions.ValidationError({"a": [{}, {"b": ["x"], "c": ["y", "z"]}]}),
            400, "invalid", {"a.1.b": ["x"], "a.1.c": ["y", "z"]},
        ),
        (exceptions.ValidationError({"a": []}), 400, "invalid", {}),
        (PlanIncomplete({"target": "x"}), 400, "plan_incomplete", {"target": ["x"]}),
        (exceptions.ParseError(), 400, "parse_error", {}),
        (exceptions.NotAuthenticated(), 401, "not_authenticated", {}),
        (exceptions.UnsupportedMediaType("x"), 415, "unsupported_media_type", {}),
        (PermissionDenied("secret"), 403, "permission_denied", {}),
        (CannotConfirm("x"), 403, "cannot_confirm", {}),
        (CannotDecide("x"), 403, "cannot_decide", {}),
        (Http404("secret"), 404, "not_found", {}),
        (CannotClose(["x", "y"]), 409, "cannot_close", {}),
        (NotOpen("x"), 409, "not_open", {}),
        (PendingAssessment(), 409, "pending_assessment", {}),
        (StaleVersion(Risk(pk=7)), 409, "stale_version", {}),
        (WrongState(Risk(state="closed"), "closed"), 409, "wrong_state", {}),
        (VersionRequired(), 428, "version_required", {}),
    ],
)  # fmt: skip
def test_what_each_exception_says(exception, status, code, errors):
    found = problem_of(exception)
    assert (found.status, found.code, found.errors) == (status, code, errors)
    assert found.detail
    assert "secret" not in found.detail


def test_what_nobody_foresaw_is_no_answer_of_ours():
    assert problem_of(ZeroDivisionError()) is None
    assert problem(ZeroDivisionError(), {}) is None


def test_too_often_says_when_to_come_back():
    answer = problem(exceptions.Throttled(wait=7.5), {})
    assert (answer.status_code, answer["Retry-After"]) == (429, "8")
    assert answer.data["request"] == ""


def test_half_a_character_is_sent_back_whole():
    answer = problem(exceptions.ValidationError({"\ud800": ["\udfff甲"]}), {})
    assert json.loads(json.dumps(answer.data).encode())["errors"] == {"?": ["?甲"]}


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


def test_nobody_signed_in(db):
    answer = ApiClient().get("risks/")
    assert refusal(answer) == (401, "not_authenticated", {})
    assert answer["WWW-Authenticate"] == "Token"


def test_a_wrong_method(manager_api):
    answer = manager_api.ask("delete", "risks/", {})
    assert refusal(answer) == (405, "method_not_allowed", {})
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_no_json(manager_api):
    answer = manager_api.client.post("/api/v1/risks/", {"a": 1}, headers=manager_api.headers)
    assert refusal(answer)[:2] == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", ["{", "[", "{'a': 1}", b"\xff", "NaN"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "The body is no JSON."), ("zh-Hans", "内容不是 JSON。")]
)
def test_a_body_that_is_no_json(manager_api, body, language, words):
    headers = manager_api.headers | {"Accept-Language": language}
    answer = manager_api.client.post(
        "/api/v1/risks/", body, content_type="application/json", headers=headers
    )
    assert refusal(answer) == (400, "parse_error", {})
    assert answer.json()["detail"] == words


def test_a_wrong_filter_saves_nothing_and_says_nothing_of_saving(manager_api):
    answer = manager_api.get("risks/?level=highest")
    words = "Not understood: the parameters named here need another value."
    assert (refusal(answer)[:2], answer.json()["detail"]) == ((400, "invalid"), words)
    answer = manager_api.post("risks/", {})
    words = "Not saved. The fields named here need another value."
    assert (refusal(answer)[:2], answer.json()["detail"]) == ((400, "invalid"), words)


def test_an_address_that_is_none(manager_api):
    assert refusal(manager_api.get("risks/R001/x/")) == (404, "not_found", {})
    assert refusal(manager_api.get("risks/%00/")) == (404, "not_found", {})


def test_too_much_at_once(manager_api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = manager_api.post("risks/", {"title": "x" * 200})
    assert answer.status_code in (400, 413)
    assert set(answer.json()) == {"code", "detail", "errors", "request"}


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr("registers.api.risks.RiskFilter", lambda *_args: 1 / 0)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_tells_nothing(risk_manager):
    api = ApiClient(risk_manager)
    api.client.raise_request_exception = False
    answer = api.get("risks/")
    assert refusal(answer) == (500, "error", {})
    assert "division" not in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "locale", "language"),
    [
        (None, "en", "en"),
        (None, "zh-hans", "zh-Hans"),
        ("en-GB,en;q=0.9", "zh-hans", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "en", "zh-Hans"),
        ("fr, de;q=0.5", "en", "en"),
        ("*", "zh-hans", "zh-Hans"),
        ("", "en", "en"),
    ],
)
def test_the_language_of_whoever_asks(risk_manager, asked, locale, language):
    risk_manager.locale = locale
    risk_manager.save()
    api = ApiClient(risk_manager)
    del api.headers["Accept-Language"]
    answer = api.get("risks/R999/", **({} if asked is None else {"Accept-Language": asked}))
    with override(language.lower()):
        assert answer.json()["detail"] == problem_of(Http404()).detail
    assert answer["Content-Language"] == language


@pytest.fixture
def browser(risk_manager):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    client.force_login(risk_manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_in_a_browser_reading_is_free_and_changing_needs_the_token(browser):
    assert browser.get("/api/v1/risks/").status_code == 200
    sent = {"path": "/api/v1/risks/", "data": "{}", "content_type": "application/json"}
    answer = browser.post(**sent)
    assert refusal(answer)[:2] == (403, "permission_denied")
    assert answer.json()["detail"].startswith("CSRF Failed")
    browser.get("/m/new")
    token = browser.cookies["csrftoken"].value
    assert refusal(browser.post(**sent, headers={"X-CSRFToken": token}))[:2] == (400, "invalid")


@pytest.mark.parametrize(
    ("asked", "language"), [("en", "en"), ("zh-CN", "zh-Hans"), ("", "zh-Hans")]
)
@pytest.mark.parametrize(
    ("path", "refused"), [("nope/", pages.NOT_FOUND), ("risks/?q=%00", pages.BAD_REQUEST)]
)
def test_the_language_asked_for_outside_of_the_views(db, path, refused, asked, language):
    answer = Client(headers={"Accept-Language": asked}).get(f"/api/v1/{path}")
    with override(language.lower()):
        assert refusal(answer)[:2] == (refused.status, refused.code)
        assert answer.json()["detail"] == str(refused.title)
    assert answer["Content-Language"] == language
