"""Every field of every form has a name in both languages: errors are told by it."""

import importlib
import pkgutil
import re

import pytest
from django import forms
from django.utils.translation import override

import assessments
import registers
import riskhub

CHINESE = re.compile(r"[\u3400-\u9fff]")
OURS = (riskhub, registers, assessments)


def form_classes():
    """Of all our modules, those of django-filter among them."""
    for package in OURS:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name or "filters" in module.name:
                importlib.import_module(module.name)
    return sorted(set(_below(forms.BaseForm)), key=lambda form: (form.__module__, form.__name__))


def _below(form):
    for child in form.__subclasses__():
        yield from _below(child)
        if child.__module__.split(".")[0] in {package.__name__ for package in OURS}:
            yield child


FORMS = form_classes()


def nameless(form):
    """Fields that fall back on the name of their variable, or are named in English only."""
    for name, field in form.base_fields.items():
        if field.label == "" or field.widget.is_hidden:
            continue
        with override("zh-hans"):
            if field.label is None or not CHINESE.search(str(field.label)):
                yield f"{name}: {field.label}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_field_is_named_in_chinese(form):
    assert list(nameless(form)) == []


def test_the_forms_are_found_and_a_nameless_field_is_seen():
    class Bad(forms.Form):
        chosen = forms.BooleanField()
        reason = forms.BooleanField(label="Reason")
        silent = forms.BooleanField(label="")

    assert list(nameless(Bad)) == ["chosen: None", "reason: Reason"]
    names = {form.__name__ for form in FORMS}
    assert {"ConfirmationForm", "AssessmentForm", "PlanForm", "RiskEditForm", "ReportForm"} <= names
