"""Who only reads is led nowhere that turns them away: each link opens, each form may be sent."""

from django.urls import resolve

from tests.access.table import TABLE
from tests.access.test_access import OURS, address
from tests.access.test_changes import AUDITORS_OWN
from tests.controls import Controls

# Signing in and out stands beside the product, in a table of its own.
ELSEWHERE = ("http", "mailto:", "tel:", "/accounts/")


def pages_of(world, client):
    """Each page that the auditor opens, as (path, content)."""
    for route in OURS:
        row = TABLE[route.key]
        for kind in world.things[row.thing] if row.thing else ("own",):
            path = address(world, route, row, kind)
            if "GET" in row.answers and not row.is_api:
                answer = client.get(path)
                content = answer.getvalue()  # the whole, so that a file is closed
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    yield path, content.decode()


def test_every_link_opens_and_every_form_may_be_sent(world):
    client, asked, faults = world.clients["auditor"], {}, set()
    for path, page in pages_of(world, client):
        controls = Controls(page)
        for link in {one.partition("#")[0] for one in controls.links}:
            target = link if link.startswith("/") else f"{path.partition('?')[0]}{link}"
            if not link or link.startswith(ELSEWHERE):
                continue
            if target not in asked:
                asked[target] = opened(client, target)
            if asked[target] not in (200, 302):
                faults.add(f"{path}: {target} answers {asked[target]}")
        for method, action in controls.actions:
            name = resolve((action or path).partition("?")[0]).view_name
            if method == "post" and name not in AUDITORS_OWN | {"account_logout"}:
                faults.add(f"{path}: a form for {name}")
    assert faults == set()
    assert {"/inbox/triage/", "/approvals/", "/assessments/waiting/", "/oversight/work/"} <= {
        *asked
    }


def opened(client, target):
    answer = client.get(target)
    answer.getvalue()
    return answer.status_code
