from django.db.models import TextChoices


class Operation(TextChoices):
    """What happened to the row; `note` is an event without a row change (a file downloaded)."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    NOTE = "note"
