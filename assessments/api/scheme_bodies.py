"""A matrix as JSON: the format of its files is that of its API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.choices import Decision, SchemeState
from assessments.matrix_checks import Severity
from assessments.models import MatrixScheme
from assessments.schemes.content import SchemeContent
from assessments.schemes.page import Judged
from assessments.schemes.reading import NotAScheme, read_scheme
from assessments.schemes.rows import area_codes, content_of
from registers.choices import LEVEL_RANKS, LEVEL_WORDS
from riskhub.web.api.fields import Body, Prose


class SchemeRowOut(serializers.Serializer[Any]):
    """One edition of the matrix, without its content."""

    number = serializers.IntegerField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    state = serializers.ChoiceField(SchemeState.choices)
    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)
    submitted_by = serializers.CharField(
        source="submitted_by.username", allow_null=True, default=None
    )
    approved_by = serializers.CharField(
        source="approved_by.username", allow_null=True, default=None
    )
    in_force_from = serializers.DateTimeField(allow_null=True)


class FindingOut(serializers.Serializer[Any]):
    """`cells` are pairs [probability, impact]."""

    check = serializers.CharField(source="code")
    severity = serializers.ChoiceField(Severity.choices)
    sentence = serializers.CharField(help_text="In the language of the request")
    cells = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class MeaningOut(serializers.Serializer[Any]):
    """The expected loss a year, in CNY, of the cells of a level."""

    level = serializers.SerializerMethodField()
    cells = serializers.IntegerField()
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(list(LEVEL_RANKS)))
    def get_level(self, meaning: Any) -> str:  # noqa: ANN401 - of `Judged.meanings`
        return LEVEL_WORDS[meaning.level]


class ChecksOut(serializers.Serializer[Any]):
    """What the checks say, which words are missing, and what the levels mean."""

    error_count = serializers.IntegerField(source="errors")
    warning_count = serializers.IntegerField(source="warnings")
    findings = FindingOut(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    meanings = MeaningOut(many=True)


class SchemeOut(SchemeRowOut):
    """`content` is what its file holds."""

    content_hash = serializers.CharField()
    content = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_content(self, scheme: MatrixScheme) -> dict[str, Any]:
        return content_of(scheme).as_json()

    @extend_schema_field(ChecksOut)
    def get_checks(self, scheme: MatrixScheme) -> dict[str, Any]:
        return dict(ChecksOut(Judged(content_of(scheme))).data)


class SchemeIn(Body):
    content = serializers.DictField(
        error_messages={"not_a_dict": _("An object with a matrix is expected.")},
        help_text="As a file holds it: format, version, name, ...",
    )

    def validate_content(self, data: dict[str, Any]) -> SchemeContent:
        try:
            return read_scheme(data, area_codes())
        except NotAScheme as refusal:
            raise serializers.ValidationError(str(refusal)) from None

    @property
    def scheme(self) -> SchemeContent:
        found: SchemeContent = self.validated_data["content"]
        return found


class SchemeDecisionIn(Body):
    content_hash = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        error_messages={"invalid": _("Send content_hash as it was read: 64 characters.")},
        help_text="Of the matrix that was read.",
    )
    comment = Prose(max_length=2000, default="", allow_blank=True)

    def made(self, decision: Decision) -> dict[str, Any]:
        """What `decide_scheme` takes."""
        return {"decision": decision, **self.validated_data}
