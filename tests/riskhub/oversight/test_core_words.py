"""What the services do, and each row and field that the audit log shows, has words in both languages."""

import ast

import pytest
from django.apps import apps
from django.http import QueryDict
from django.utils.translation import override

from registers.choices import PlanState
from riskhub.audit.models import AuditEvent
from riskhub.audit.protection import UNAUDITED
from riskhub.oversight import words
from riskhub.oversight.filters import EventFilter
from riskhub.reports.choices import ReportState
from riskhub.work import registry
from tests.house.sources import PACKAGES, python_sources

NAMERS = {"acting": 1, "note_event": None}
# Codes that are put together at run time, by how they begin.
DYNAMIC = {
    "plan.": [PlanState.APPROVED, PlanState.CHANGES_REQUESTED, PlanState.REJECTED],
    "complaint.": ["withdrawn", "refused"],
    "offer.": ["accepted", "declined"],
    "report.": set(ReportState.values) - {ReportState.QUEUED},
}


def codes_in(tree):
    """The action of each call that names one, as it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMERS:
            place = NAMERS[node.func.id]
            if place is not None and len(node.args) > place:
                yield node.args[place]
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "action")


def actions_of_the_source():
    found = {f"{kind}.owed" for kind in registry._handlers}
    for source in python_sources(*PACKAGES):
        for code in codes_in(source.tree):
            if isinstance(code, ast.Constant):
                found.add(code.value)
            elif isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
                start = code.values[0].value
                found.update(f"{start}{state}" for state in DYNAMIC[start])
    return found


def is_told(say, *arguments):
    """Chinese words in Chinese, and in English words that are no code."""
    with override("zh-hans"):
        chinese = say(*arguments)
    with override("en"):
        english = say(*arguments)
    has_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
    return has_chinese and english.isascii() and not set("._") & set(english)


def test_every_action_in_the_source_has_words():
    actions = actions_of_the_source()
    assert len(actions) > 60
    unnamed = []
    for action in sorted(actions):
        is_named = action in words._actions or action.endswith(".owed")
        if not is_named or not is_told(words.action_words, AuditEvent(action=action)):
            unnamed.append(action)
    assert unnamed == []


def own_models():
    ours = [m for m in apps.get_models() if m.__module__.startswith(PACKAGES)]
    assert len(ours) > 30
    return ours


def test_every_model_has_words():
    unnamed = [m.__name__ for m in own_models() if not is_told(words.kind_words, m)]
    assert unnamed == []


def test_every_field_that_is_shown_has_words():
    unnamed = []
    for model in own_models():
        if model._meta.db_table in UNAUDITED:
            continue
        for field in words._columns(model).values():
            if field.name in words._hidden.get(model, ()) or (model, field.name) in words._spellers:
                continue
            if not is_told(words._name, model, field):
                unnamed.append(f"{model.__name__}.{field.name}")
    assert unnamed == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["object_type", "action"])
def test_no_two_kinds_or_steps_look_the_same(risk_manager, name, language):
    with override(language):
        choices = EventFilter(QueryDict(), risk_manager).form.fields[name].choices
        labels = [str(label).casefold() for code, label in choices if code]
    assert [label for label in labels if labels.count(label) > 1] == []


@pytest.mark.parametrize("name", ["object_type", "action"])
def test_kinds_and_steps_to_filter_by_are_in_words(risk_manager, name):
    with override("en"):
        labels = [
            label
            for code, label in EventFilter(QueryDict(), risk_manager).form.fields[name].choices
            if code
        ]
    assert labels == sorted(labels)
    if name == "object_type":
        assert len(labels) == len(set(labels))
