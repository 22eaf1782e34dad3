"""Every address x role x method x thing, with and without htmx, against the table."""

import re

import pytest
from django.db import transaction

from tests.access.row import DURABLE, METHODS
from tests.access.table import TABLE
from tests.access.world import IN_CLEAN, ROLES
from tests.routes import routes

OURS = [route for route in routes() if not route.pattern.startswith("accounts/")]
ELSEWHERE = ("nobody", "outsider", *IN_CLEAN, "manager", "auditor")
HTMX = ({}, {"HX-Request": "true"})
_MOVING = re.compile(
    rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*"'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
_MOVING_HEADERS = {"X-Request-ID", "X-CSRF-Token", "Content-Security-Policy", "Content-Length"}


def address(world, route, row, kind):
    value = str(world.value(row.thing, kind)) if row.thing else ""
    return "/" + re.sub(r"<[^>]*>", value, route.pattern) + row.query


def ask(world, role, method, path, row, headers):
    """The answer as (status, headers, content); whatever it did is taken back."""
    client = world.clients[role]
    kind = "application/json" if row.is_api else "application/x-www-form-urlencoded"
    data = b"" if method in {"GET", "HEAD", "OPTIONS"} else (b"{}" if row.is_api else b"sent=1")
    with transaction.atomic():
        try:
            response = client.generic(method, path, data, content_type=kind, headers=headers)
            return response.status_code, dict(response.items()), response.getvalue()
        except RuntimeError as refusal:
            if "durable" not in str(refusal):
                raise
            return DURABLE, {}, b""
        finally:
            transaction.set_rollback(True)


def steady(answer, path):
    """What two answers are compared by: all of it but nonce, tokens, request id and the address."""
    status, headers, content = answer
    kept = {name: value for name, value in headers.items() if name not in _MOVING_HEADERS}
    content = _MOVING.sub(b"", content).replace(path.encode(), b"PATH")
    return status, kept, content.replace(path.partition("?")[0].encode(), b"PATH")


def test_every_address_has_a_line_and_every_line_an_address():
    assert {route.key for route in OURS} == set(TABLE)


def cases(world, row):
    """Each (role, kind of thing, method, headers) that is asked.

    Everybody asks for their own; what is elsewhere is asked for by those who do not see it and by two
    who see everything. HEAD is GET without its content.
    """
    for kind in world.things[row.thing] if row.thing else ("own",):
        for role in ROLES if kind == "own" else ELSEWHERE:
            for method in row.answers:
                for headers in HTMX[:1] if row.is_api else HTMX:
                    yield role, kind, method, headers
            if "HEAD" in row.methods and kind == "own" and role in ELSEWHERE:
                yield role, kind, "HEAD", {}


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.key)
def test_the_answer_is_the_one_in_the_table(world, route):
    row, faults, answers = TABLE[route.key], [], {}
    for role, kind, method, headers in cases(world, row):
        path = address(world, route, row, kind)
        answer = ask(world, role, method, path, row, headers)
        wanted = row.expected(role, method, kind, htmx=bool(headers))
        if answer[0] != wanted:
            faults.append(f"{method} {kind} {role} {headers}: {answer[0]}, not {wanted}")
        if role in IN_CLEAN and kind != "own":
            answers[role, kind, method, bool(headers)] = steady(answer, path)
    for (role, kind, method, htmx), answer in answers.items():
        if kind == "other" and answer != answers[role, "missing", method, htmx]:
            faults.append(f"{method} {role}: another department's is not as a missing one")
    assert faults == []


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.key)
def test_no_other_method_is_answered(world, route):
    row = TABLE[route.key]
    path = address(world, route, row, "own")
    others = [method for method in METHODS if method not in row.methods]
    found = {
        (role, method): ask(world, role, method, path, row, {})[0]
        for role in ("nobody", "manager", "auditor")
        for method in others
    }
    assert found == {case: row.expected(*case, "own") for case in found}
