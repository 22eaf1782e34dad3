"""One rule, tried by form, by API and by SQL: what each attempt sends, and who does it."""

from dataclasses import dataclass
from typing import Any

from riskhub.accounts.models import User
from tests.api_client import ApiClient
from tests.assessments.refusals import sql
from tests.builders import assess


@dataclass
class Ways:
    """`form` and `api` are (who, address, what is sent); `api` may name a method and a version."""

    form: tuple
    api: tuple
    sql: Any


@dataclass
class World:
    """The cast, and R001 of the cleaning team."""

    people: Any
    risk: Any
    sign_in: Any

    @property
    def manager(self):
        return self.people("risk_manager")

    @property
    def approver(self):
        return self.people("approver")

    @property
    def both(self):
        return self.people("both")

    def high(self, pair=(4, 3)):
        second = self.people("second_manager")
        assess(self.risk, pair, pair, by=self.manager, confirmed_by=second)
        return self.risk

    def by_form(self, way):
        """In English, as the code says it."""
        who, url, data = way
        User.objects.update(locale="en")
        return self.sign_in(who).post(url, data)

    def by_api(self, way):
        who, path, body, *how = way
        return ApiClient(who).ask(*(how[:1] or ["post"]), path, body, **(how[1] if how[1:] else {}))


def settled():
    sql("SET CONSTRAINTS ALL IMMEDIATE")
