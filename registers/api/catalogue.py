"""What may be chosen: registers, departments, people and the lists of the company."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registers.choices import RegisterState
from registers.models import Register, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.querysets import READERS, departments_of, owners_for
from riskhub.accounts.choices import DepartmentKind
from riskhub.web.api.views import ApiView


class NamedOut(serializers.Serializer[Any]):
    """`name` is in the language of the request, the other two as stored."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()


class RegisterOut(NamedOut):
    department = serializers.CharField(source="department.code")
    service_line = serializers.CharField(source="service_line.code", allow_null=True, default=None)
    description = serializers.CharField()
    state = serializers.ChoiceField(RegisterState.choices)


class DepartmentOut(NamedOut):
    parent = serializers.CharField(  # type: ignore[assignment]  # the framework's own is set per field
        source="parent.code", allow_null=True, default=None
    )
    kind = serializers.ChoiceField(DepartmentKind.choices)


class PersonOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField(source="display_name")
    department = serializers.CharField(source="department.code", allow_null=True, default=None)


class ServiceLineOut(NamedOut):
    importance = serializers.IntegerField()


class TaxonomyOut(serializers.Serializer[Any]):
    categories = NamedOut(many=True)
    areas = NamedOut(many=True)
    sources = NamedOut(many=True)
    service_lines = ServiceLineOut(many=True)
    departments = DepartmentOut(many=True)
    people = PersonOut(many=True)


class RegisterList(ApiView):
    pagination_class = None

    @extend_schema(operation_id="register_list", responses=RegisterOut(many=True))
    def get(self, _request: Request) -> Response:
        """The registers that the user sees."""
        registers = Register.objects.visible_to(self.user)
        rows = registers.select_related("department", "service_line").order_by("code")
        return Response(RegisterOut(rows, many=True).data)


class RegisterDetail(ApiView):
    @extend_schema(operation_id="register_detail", responses=RegisterOut)
    def get(self, _request: Request, code: str) -> Response:
        """One register."""
        registers = Register.objects.visible_to(self.user)
        row = get_object_or_404(registers.coded(code).select_related("department", "service_line"))
        return Response(RegisterOut(row).data)


class TaxonomyDetail(ApiView):
    @extend_schema(operation_id="taxonomy_detail", responses=TaxonomyOut)
    def get(self, _request: Request) -> Response:
        """The codes that a risk may carry; of people those whom the user may make responsible."""
        departments = list(departments_of(self.user, *READERS).select_related("parent"))
        people = owners_for(self.user, departments)
        lists = {
            "categories": RiskCategory.objects.filter(is_active=True),
            "areas": RiskArea.objects.filter(is_active=True),
            "sources": RiskSource.objects.filter(is_active=True),
            "service_lines": ServiceLine.objects.filter(is_active=True),
            "departments": departments,
            "people": people.select_related("department").order_by("username"),
        }
        return Response(TaxonomyOut(lists).data)
