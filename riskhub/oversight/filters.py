from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

import django_filters
from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from riskhub.audit.models import AuditEvent
from riskhub.audit.protection import UNAUDITED
from riskhub.oversight.words import action_choices, kind_words
from riskhub.web.filters import DayFilter, SearchFilter


@cache
def _kinds_of_objects(_language: str) -> list[tuple[str, str]]:
    """(table, words) of everything that has the audit trigger, by its words in one language."""
    tables = {
        model._meta.db_table: kind_words(model)
        for model in apps.get_models()
        if model._meta.db_table not in UNAUDITED
    }
    return sorted(tables.items(), key=lambda pair: pair[1])


class EventFilter(django_filters.FilterSet):  # type: ignore[misc]  # has no types
    """Who did what to which object, when; `q` finds the object's code or name, or its key."""

    q = SearchFilter(label=_("Object"), method="with_words")
    actor = SearchFilter(label=_("Person"), field_name="actor_name", lookup_expr="icontains")
    action = django_filters.ChoiceFilter(label=_("Step"), choices=action_choices)
    object_type = django_filters.ChoiceFilter(
        label=_("Kind of object"), choices=lambda: _kinds_of_objects(get_language() or "")
    )
    since = DayFilter(label=_("From"), method="from_day")
    until = DayFilter(label=_("Until"), method="until_day")
    request = django_filters.UUIDFilter(label=_("Request"), field_name="request_id")

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def with_words(self, events: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return events.filter(Q(object_label__icontains=text) | Q(object_id=text))

    def from_day(self, events: QuerySet[Any], _name: str, day: Any) -> QuerySet[Any]:  # noqa: ANN401 - a date
        return events.filter(at__gte=_midnight(day))

    def until_day(self, events: QuerySet[Any], _name: str, day: Any) -> QuerySet[Any]:  # noqa: ANN401 - a date
        """The whole of the last day."""
        return events.filter(at__lt=_midnight(day + timedelta(days=1)))


def _midnight(day: Any) -> datetime:  # noqa: ANN401 - a date
    return timezone.make_aware(datetime.combine(day, time.min))
