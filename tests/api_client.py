"""A program that uses the API: JSON in and out, signed in by a token."""

import json

from django.test import Client

from riskhub.accounts.services import create_token


class ApiClient:
    def __init__(self, user=None, **headers):
        self.client = Client()
        self.headers = {"Accept-Language": "en"} | headers
        if user:
            key = create_token(user, by=user, name="test")
            self.headers["Authorization"] = f"Token {key}"

    def ask(self, method, path, body=None, *, if_match=None, **headers):
        if if_match is not None:
            headers["If-Match"] = if_match
        content = {} if body is None else {"data": json.dumps(body)}
        return self.client.generic(
            method.upper(),
            f"/api/v1/{path}",
            content_type="application/json",
            headers=self.headers | headers,
            **content,
        )

    def get(self, path, **headers):
        return self.ask("get", path, **headers)

    def post(self, path, body=None, **options):
        return self.ask("post", path, body, **options)

    def patch(self, path, body=None, **options):
        return self.ask("patch", path, body, **options)

    def put(self, path, body=None, **options):
        return self.ask("put", path, body, **options)


def refusal(response):
    """(status, code, errors) of a refusal, its shape checked."""
    body = response.json()
    assert set(body) == {"code", "detail", "errors", "request"}
    assert body["request"] == response["X-Request-ID"]
    assert body["detail"]
    return response.status_code, body["code"], body["errors"]
