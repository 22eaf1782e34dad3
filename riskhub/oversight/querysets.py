"""How the log is searched: each condition has an index, however long the log has become."""

import re

from django.db import connection
from django.db.models import Q, QuerySet

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.oversight.actors import names_holding
from riskhub.oversight.belonging import FEW, events_on_parts
from riskhub.oversight.sql import ACTOR_NAMES, HAS_WORDS
from riskhub.search.finding import cleaned, rows_found
from riskhub.search.functions import SearchVector

Events = QuerySet[AuditEvent]
MOST_OBJECTS = 100
_CODE = re.compile(r"[A-Za-z]+-?\d+")


def about_words(events: Events, text: str, user: User) -> Events:
    """Of the object that is called so: by its whole code, how its name begins or words in it, or its key.

    And of what the command bar finds for this user with these words, by its texts for example; where
    these are FEW, of what belongs to them, too.
    """
    found = Q(pk__in=[])
    rows = rows_found(user, cleaned(text), MOST_OBJECTS)
    for model, keys in rows.items():
        found |= Q(object_type=model._meta.db_table, object_id__in=[str(key) for key in keys])
    found |= events_on_parts({model: keys for model, keys in rows.items() if len(keys) <= FEW})
    text = text.strip()
    if _CODE.fullmatch(text):
        return events.filter(found | Q(object_label__iexact=text))
    words = Q(object_label__regex=HAS_WORDS, label_words__holds=text)
    events = events.alias(label_words=SearchVector("object_label"))
    return events.filter(found | Q(object_label__istartswith=text) | words | Q(object_id=text))


def by_person(events: Events, text: str) -> Events:
    """Of whoever has this in the name, today or when they did it, or signs in with it."""
    people = User.objects.filter(Q(display_name__icontains=text) | Q(username__iexact=text))
    ids = list(people.values_list("pk", flat=True))
    return events.filter(Q(actor_name__in=actor_names(text)) | Q(actor_id__in=ids))


def actor_names(text: str) -> list[str]:
    """Each name in the log that holds the text, as it is kept or as it is said."""
    with connection.cursor() as cursor:
        cursor.execute(ACTOR_NAMES, [text])
        return [*(name for (name,) in cursor.fetchall()), *names_holding(text)]
