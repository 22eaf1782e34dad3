from datetime import date, datetime, time, timedelta
from functools import cache

import django_filters
from django.apps import apps
from django.forms import HiddenInput
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.audit.protection import UNAUDITED
from riskhub.entry.day_words import day
from riskhub.oversight.querysets import Events, about_words, by_person
from riskhub.oversight.scope import events_visible_to
from riskhub.oversight.words import action_choices, kind_words, table_words
from riskhub.web.filters import DayFilter, SearchFilter, place_asked


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
    """Who did what to which object, when; `q` finds the object's code or name, or its key.

    `row` is the key of one object of the chosen kind; `before` an event, of which only older ones are
    shown, so that a far page costs no more than a near one.
    """

    q = SearchFilter(label=_("Object"), method="with_words")
    actor = SearchFilter(label=_("Person"), method="with_person")
    action = django_filters.ChoiceFilter(label=_("Step"), choices=action_choices)
    object_type = django_filters.ChoiceFilter(
        label=_("Kind of object"), choices=lambda: _kinds_of_objects(get_language() or "")
    )
    since = DayFilter(label=_("From"), method="from_day")
    until = DayFilter(label=_("Until"), method="until_day")
    request = django_filters.UUIDFilter(label=_("Request"), field_name="request_id")
    row = django_filters.CharFilter(field_name="object_id", max_length=60, widget=HiddenInput)

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, data: QueryDict, user: User) -> None:
        self.user = user
        super().__init__(data, events_visible_to(user))

    @property
    def complaint(self) -> str:
        """Why no day can be found; empty where there may be some."""
        days = self.form.cleaned_data if self.form.is_valid() else {}
        since, until = days.get("since"), days.get("until")
        if not (since and until and since > until):
            return ""
        words = _("The first day, %(since)s, is after the last one, %(until)s. Exchange them.")
        return words % {"since": day(since), "until": day(until)}

    @property
    def before(self) -> int | None:
        return place_asked(self.data)

    @property
    def row_words(self) -> str:
        """The one object that is shown, in words; empty where none is chosen."""
        key = self.data.get("row", "")
        return f"{table_words(self.data.get('object_type', ''))} {key}".strip() if key else ""

    def with_words(self, events: Events, _name: str, text: str) -> Events:
        return about_words(events, text, self.user)

    def with_person(self, events: Events, _name: str, text: str) -> Events:
        return by_person(events, text)

    def from_day(self, events: Events, _name: str, first: date) -> Events:
        return events.filter(at__gte=_midnight(first))

    def until_day(self, events: Events, _name: str, last: date) -> Events:
        """The whole of the last day."""
        return events.filter(at__lt=_midnight(last + timedelta(days=1)))


def _midnight(of: date) -> datetime:
    return timezone.make_aware(datetime.combine(of, time.min))
