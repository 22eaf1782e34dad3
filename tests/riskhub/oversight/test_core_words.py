"""What the packages below oversight do and keep has a name in the audit log."""

import re
from pathlib import Path

from django.apps import apps

from riskhub.audit.protection import UNAUDITED
from riskhub.oversight import words
from riskhub.oversight.core_words import ACTIONS
from riskhub.oversight.filters import EventFilter

RISKHUB = Path(words.__file__).parents[1]
CORE = ("accounts", "company", "files", "imports", "notices", "oversight", "reports", "work")
# Changes rows that the audit leaves out; nobody will read these.
SILENT = {"work.claimed", "work.given_up"}


def test_every_action_of_the_core_is_named():
    told = {
        action
        for package in CORE
        for path in (RISKHUB / package).rglob("*.py")
        for action in re.findall(r'acting\(\s*\w+, "([a-z_.]+)"', path.read_text("utf-8"))
    }
    assert told - SILENT - set(ACTIONS) == set()


def test_every_row_of_the_core_has_a_kind():
    rows = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("riskhub.") and model._meta.db_table not in UNAUDITED
    }
    assert rows - set(words._kinds) == set()


def test_kinds_to_filter_by_are_named_once(db):
    choices = [label for _table, label in EventFilter({}).form.fields["object_type"].choices]
    assert len(choices) == len(set(choices))
