"""How one line of the table is read, and what it expects of one request."""

from dataclasses import dataclass

from tests.access.world import EVERYWHERE, IN_CLEAN, ROLES

SIGNED_IN = ROLES[1:]
SEE = (*IN_CLEAN, *EVERYWHERE)
KEEP = ("manager", "ops_manager")
ANSWER = (*KEEP, "head")
WRITE = (*ANSWER, "staff")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
DURABLE = 599
"""Stands for a service that must not run inside a transaction of the test: it was reached."""


@dataclass(frozen=True)
class Row:
    """`answers` holds {method: {status: roles}}; who sees the thing and is not named gets 403.

    `gate` are those whom the view lets in before it looks anything up: the others get 403 for what is
    there and for what is not. `sees` are those to whom the thing of CLEAN is visible; to the others it
    does not exist. A `public` address asks nobody to sign in.
    """

    answers: dict
    thing: str = ""
    gate: tuple = SIGNED_IN
    sees: tuple = SEE
    is_public: bool = False
    is_api: bool = False
    has_head: bool = True
    query: str = ""

    @property
    def methods(self):
        """Those that the view answers."""
        found = {*self.answers}
        if "GET" in found and self.has_head:
            found.add("HEAD")
        if self.is_api:
            found.add("OPTIONS")
        return [method for method in METHODS if method in found]

    def expected(self, role, method, kind, *, htmx=False):
        status = self._status(role, method, kind)
        if htmx and not self.is_api:
            return {302: 204, "sign in": 401}.get(status, status)
        return 302 if status == "sign in" else status

    def _status(self, role, method, kind):
        asks_first = self.is_api and not self.is_public and role == "nobody"
        if method not in self.methods and not asks_first:
            return 405
        if role == "nobody" and not self.is_public:
            return 401 if self.is_api else "sign in"
        if method == "OPTIONS":
            return 200
        if role not in self.gate and not (role == "nobody" and self.is_public):
            return 403
        if self.thing and not self.is_seen(role, kind):
            return 404
        wanted = self.answers["GET" if method == "HEAD" else method]
        return next((status for status, roles in wanted.items() if role in roles), 403)

    def is_seen(self, role, kind):
        if kind == "missing" or role not in self.sees:
            return False
        return kind == "own" or role in EVERYWHERE


def page(answers, **facts):
    return Row(answers, **facts)


def api(answers, **facts):
    return Row(answers, is_api=True, **facts)


def public(answers, **facts):
    return Row(answers, is_public=True, **facts)
