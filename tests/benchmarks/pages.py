"""Pages of the product, signed in and with their row scope, beside the floor in the same run."""

import statistics
import time
from datetime import timedelta
from functools import cache, partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from registers.models import Risk, RiskSource
from registers.services import edit_risks, undo_bulk_edit
from registers.weighing import Change

HOST = "127.0.0.1"
OK = 200
ROUNDS = 40
WARM_UP = 5
QUERIES = 14
LIST_RATIO = 3
DEEP_RATIO = 2
PANEL_SECONDS = 0.060
BULK_ROWS, BULK_SECONDS = 1000, 3
GROUPED = "?group=department&level=high&level=medium"
MATRIX_RATIO, MATRIX_EXTRA = 4, 0.030
CELLS = """
SELECT residual_probability, residual_impact, count(*) FROM registers_risk
WHERE state IN ('identified', 'assessed', 'responding', 'monitored') {scope}
GROUP BY residual_probability, residual_impact
"""


def list_pages(table, people):
    for user, scope in (
        (people.manager, {}),
        (people.head, {"department": people.head.department_id}),
    ):
        list_page(table, user, scope)


def list_page(table, user, scope):
    get, url = signed_in(user), reverse("registers:risk_list")
    table.add_count(f"risk list as {user.username}: queries", queries(get, url), QUERIES)
    page, bare = side_by_side(lambda: get(url), lambda: bare_floor(scope))
    table.add(
        f"risk list as {user.username}", page, beside=bare, limit=LIST_RATIO * bare,
        words=f"<= {LIST_RATIO} x the floor",
    )  # fmt: skip
    for query in ("?level=high", "?q=坠落", "?view=overdue", "?importance=5&category=technical"):
        table.add(f"  {query}", median(partial(get, url + query)))
    far_page(table, get, url, "?group=category")
    far_page(table, get, url, "")
    table.add_count(f"  {GROUPED}: queries", queries(get, url + GROUPED), QUERIES)
    grouped, bare = side_by_side(lambda: get(url + GROUPED), lambda: bare_floor(scope))
    table.add(
        f"  {GROUPED}", grouped, beside=bare, limit=LIST_RATIO * bare,
        words=f"<= {LIST_RATIO} x the floor",
    )  # fmt: skip
    panel(table, user)


def far_page(table, get, url, query):
    """A page in the middle beside the first of the same list."""
    far = f"{query}&page=500" if query else "?page=500"
    slow, first = side_by_side(lambda: get(url + far), lambda: get(url + query))
    table.add(
        f"  {far}", slow, beside=first, limit=DEEP_RATIO * first,
        words=f"<= {DEEP_RATIO} x its first page",
    )  # fmt: skip


def panel(table, user):
    """One risk beside the list, as htmx asks for it."""
    code = Risk.objects.visible_to(user).open().in_ranking().first().code
    get = signed_in(user, **{"HX-Request": "true", "HX-Target": "risk-panel"})
    address = f"{reverse('registers:risk_list')}?open={code}"
    table.add("  side panel", median(partial(get, address)), limit=PANEL_SECONDS, words="<= 60 ms")


def bulk_edit(table, people):
    """A thousand rows changed by one press, and taken back by another."""
    change = Change(
        next_review_on=timezone.localdate() + timedelta(40), business_importance=5,
        importance_reason="旺季", add_source=RiskSource.objects.order_by("pk").last(),
    )  # fmt: skip
    risks = list(Risk.objects.open().in_ranking()[:BULK_ROWS])
    made = []
    for what, deed in (
        ("bulk edit", lambda: made.append(edit_risks(risks, change, by=people.manager))),
        ("undo of a bulk edit", lambda: undo_bulk_edit(made[0], by=people.manager)),
    ):
        table.add(f"{what} of {BULK_ROWS:,} rows", clock(deed), limit=BULK_SECONDS)


def matrix_pages(table, people):
    matrix_page(table, people.manager, "")
    matrix_page(table, people.head, f"AND owner_department_id = {people.head.department_id}")


def matrix_page(table, user, scope):
    get, url, sql = signed_in(user), reverse("assessments:heat_map"), CELLS.format(scope=scope)
    table.add_count(f"matrix page as {user.username}: queries", queries(get, url), QUERIES)
    page, raw = side_by_side(lambda: get(url), lambda: raw_counts(sql))
    table.add(
        f"matrix page as {user.username}", page, beside=raw,
        limit=MATRIX_RATIO * raw + MATRIX_EXTRA,
        words=f"<= {MATRIX_RATIO} x raw SQL + 30 ms",
    )  # fmt: skip


def signed_in(user, **headers):
    client = Client(SERVER_NAME=HOST, headers=headers)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def get(url):
        response = client.get(url)
        if response.status_code != OK:
            raise RuntimeError(f"{url} answered {response.status_code}.")
        return response

    return get


def queries(get, url):
    get(url)
    with CaptureQueriesContext(connection) as captured:
        get(url)
    return len(captured)


def side_by_side(one, other):
    """The medians of both, measured in turns so that a busy moment hits both."""
    times = ([], [])
    for round_number in range(WARM_UP + ROUNDS):
        for measured, kept in zip((one, other), times, strict=True):
            taken = clock(measured)
            if round_number >= WARM_UP:
                kept.append(taken)
    return statistics.median(times[0]), statistics.median(times[1])


def median(measured, rounds=10):
    measured()
    return statistics.median(clock(measured) for _n in range(rounds))


def clock(measured):
    started = time.perf_counter()
    measured()
    return time.perf_counter() - started


def raw_counts(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@cache
def floor_client():
    """A handler of its own, without the product's middleware and pages."""
    client = Client(SERVER_NAME=HOST)
    with override_settings(MIDDLEWARE=["tests.benchmarks.floor.alone"]):
        client.handler.load_middleware()
    return client


def bare_floor(scope, page=""):
    response = floor_client().get(f"/floor/{page}", scope)
    if response.status_code != OK:
        raise RuntimeError(f"The floor answered {response.status_code}.")
