"""The command bar beside the bare search of its first group; the log; a register as CSV."""

import time

from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.benchmarks.bulk import ROWS
from tests.benchmarks.pages import HOST, OK, median, queries, side_by_side, signed_in

WORDS = ("坠落", "leak", "R2", "城东站 早班", "zzzz")
"""Two characters, an English word, a number, two words, and what nowhere stands."""
BAR_SECONDS, CSV_SECONDS, LOG_SECONDS = 0.1, 5, 0.5
BARE = "SELECT code, title FROM registers_risk WHERE search @@ public.search_query(%s) LIMIT 6"


def command_bar(table, people):
    for user in (people.manager, people.head):
        for words in WORDS:
            get, url = in_bar(user), f"{reverse('search:hit_list')}?q={words}"
            bar, bare = side_by_side(
                lambda get=get, url=url: get(url), lambda w=words: bare_search(w)
            )
            table.add(
                f"command bar as {user.username}: {words}", bar, beside=bare, limit=BAR_SECONDS,
                words="<= 100 ms",
            )  # fmt: skip


def audit_log(table, people):
    url = reverse("oversight:event_list")
    for user in (people.manager, people.head):
        get = signed_in(user)
        table.add_count(f"audit log as {user.username}: queries", queries(get, url), 25)
        for query in ("", "?q=R777", "?actor=manager", "?action=risk.created", "?until=2000-01-01"):
            taken = median(lambda get=get, query=query: get(url + query))
            table.add(
                f"audit log as {user.username} {query}", taken, limit=LOG_SECONDS, words="<= 500 ms"
            )


def register_csv(table, people):
    """The rows that `register_import` brought in."""
    client = Client(SERVER_NAME=HOST)
    client.force_login(people.manager, backend="django.contrib.auth.backends.ModelBackend")
    started = time.perf_counter()
    answer = client.get(f"{reverse('registers:risk_export')}?register=BENCH&format=csv")
    lines = answer.getvalue().count(b"\r\n") - 1
    taken = time.perf_counter() - started
    if lines != ROWS:
        raise RuntimeError(f"{lines} of {ROWS} rows went out.")
    table.add(f"CSV of {ROWS:,} rows", taken, limit=CSV_SECONDS)


def in_bar(user):
    client = Client(SERVER_NAME=HOST, headers={"HX-Request": "true", "HX-Target": "command-hits"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def get(url):
        response = client.get(url)
        if response.status_code != OK or b"<h1>" in response.content:
            raise RuntimeError(f"{url} answered {response.status_code}.")
        return response

    return get


def bare_search(words):
    with connection.cursor() as cursor:
        cursor.execute(BARE, [words])
        return cursor.fetchall()
