"""`/api/v1/contingency-library/`: the starter plans, and adopting them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.contingency_bodies import ContingencyOut, plans_out
from assessments.contingency.permissions import can_create_contingency
from assessments.models import ContingencyPlan, LibraryContingencyPlan
from assessments.services import adopt_contingency_plans, adopted_contingency_plans
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from riskhub.accounts.models import Department, User
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Chosen
from riskhub.web.api.views import ApiView

MOST = 100


class LibraryContingencyOut(serializers.Serializer[Any]):
    """`adopted_as` is the plan that was made of it, null where there is none or you do not see it."""

    code = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    adopted_as = serializers.CharField(allow_null=True)


class LibraryContingencyAdopt(Body):
    entries = serializers.ListField(
        child=Chosen(lambda _user: LibraryContingencyPlan.objects.all()),
        min_length=1,
        max_length=MOST,
    )
    department = Chosen(lambda user: departments_of(user, *KEEPERS))


class ContingencyLibrary(ApiView):
    @extend_schema(operation_id="contingency_library", responses=LibraryContingencyOut(many=True))
    def get(self, _request: Request) -> Response:
        """All of them; what was adopted names its plan."""
        entries = list(LibraryContingencyPlan.objects.all())
        return Response(_entries_out(entries, self.user))

    @extend_schema(
        operation_id="contingency_adopt",
        request=LibraryContingencyAdopt,
        responses={201: ContingencyOut(many=True)},
    )
    def post(self, request: Request) -> Response:
        """Make drafts of those named; those that are there already are passed over."""
        require(can_create_contingency(self.user))
        body = LibraryContingencyAdopt(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        department: Department = body.validated_data["department"]
        made = adopt_contingency_plans(
            body.validated_data["entries"], by=self.user, department=department
        )
        stored = ContingencyPlan.objects.for_list().filter(pk__in=[plan.pk for plan in made])
        return Response(plans_out(list(stored.order_by("number"))), status=201)


def _entries_out(entries: list[LibraryContingencyPlan], user: User) -> list[dict[str, Any]]:
    adopted = adopted_contingency_plans(entry.code for entry in entries)
    visible = ContingencyPlan.objects.visible_to(user).values_list("pk", flat=True)
    seen = set(visible.filter(pk__in=[plan.pk for plan in adopted.values()]))
    return [
        {
            "code": entry.code,
            "name_zh": entry.body["name"]["zh"],
            "name_en": entry.body["name"]["en"],
            "adopted_as": plan.code
            if (plan := adopted.get(entry.code)) and plan.pk in seen
            else None,
        }
        for entry in entries
    ]
