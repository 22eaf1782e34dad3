"""The matrix that ships has a text as every other one, and its hash."""

import hashlib
from dataclasses import replace
from importlib import import_module

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.faults import faults_of
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.presets import preset
from assessments.schemes.rows import content_of
from assessments.schemes.words import spell_scheme
from assessments.services import starter
from tests.assessments.matrices import submitted

pytestmark = pytest.mark.django_db

migration = import_module("assessments.migrations.0033_text_of_the_first_matrix")


def test_the_hash_of_the_first_matrix_is_that_of_what_it_says():
    scheme = scheme_in_force()
    text = content_of(scheme).canonical()
    assert (scheme.number, scheme.content) == (1, text)
    assert scheme.content_hash == hashlib.sha256(text.encode()).hexdigest()


def test_limits_are_shown_as_they_were_entered(sign_in, risk_manager):
    """A draft keeps four decimals; the page of the frozen matrix has none that nobody wrote."""
    submitted(by=risk_manager)
    client = sign_in(risk_manager)
    for number in (1, 2):
        page = client.get(f"/settings/matrix/{number}/").text
        assert ">250,000<" in page, number
        assert ">0.2<" in page, number
        assert "000.0000" not in page, number
    words = spell_scheme(content_of(scheme_in_force()).canonical())
    assert "2,000; 10,000; 50,000; 250,000" in words.values()


def test_another_rhythm_for_critical_is_refused():
    content = content_of(scheme_in_force())
    *lower, critical = content.rules
    slow = replace(content, rules=(*lower, replace(critical, review_months=3)))
    assert faults_of(content) == []
    assert faults_of(slow) == ["严重等级每月复核，这一点不可更改。"]


def test_one_that_was_made_of_rows_alone_gets_the_same_text():
    rows = starter._make_scheme(7, preset("balanced"), revenue=30_000_000)
    assert MatrixScheme.objects.get(pk=7).content == ""
    assert migration.text_of(rows) == content_of(rows).canonical()
