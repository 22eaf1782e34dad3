import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override
from rest_framework import relations, serializers

from registers.forms.risks import RiskForm
from riskhub.accounts.models import User

SAID = {"en": "Fill this in.", "zh-hans": "填写此项。"}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(
    "field",
    [
        forms.CharField(),
        forms.FileField(),
        forms.ModelChoiceField(User.objects.none()),
        forms.SplitDateTimeField(),
        serializers.CharField(),
        relations.PrimaryKeyRelatedField(queryset=User.objects.none()),
        relations.SlugRelatedField("username", queryset=User.objects.none()),
    ],
    ids=lambda field: type(field).__name__,
)
def test_every_kind_of_field_says_what_to_do(field, language):
    with override(language):
        assert str(field.error_messages["required"]) == SAID[language]


def test_an_own_sentence_stays():
    field = forms.CharField(error_messages={"required": "Tick at least one."})
    assert field.error_messages["required"] == "Tick at least one."


def test_the_forms_were_made_after_it():
    with override("en"):
        said = {str(field.error_messages["required"]) for field in RiskForm.base_fields.values()}
    assert said == {"Fill this in."}


@pytest.mark.django_db
def test_signing_in_says_it_too(client):
    page = client.post(reverse("account_login"), {"login": "", "password": ""})
    assert page.content.decode().count("填写此项。") >= 2
