"""Fields that an API may be given: nothing unnamed, and nothing that its user cannot see."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from riskhub.entry import texts
from riskhub.entry.days import Span
from riskhub.web.required import UNREADABLE

if TYPE_CHECKING:
    from riskhub.accounts.models import User

Rows = Callable[["User"], QuerySet[Any]]


class Body(serializers.Serializer[Any]):
    """The body of a request: a field that is not listed is refused by name, and nothing is changed."""

    default_error_messages = {"unknown": _("This field does not exist or cannot be set.")}

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(data, Mapping):
            unknown = [str(name) for name in data if name not in self.fields]
            if unknown:
                sentence = self.error_messages["unknown"]
                raise serializers.ValidationError({name: [sentence] for name in unknown})
        return super().to_internal_value(data)


class Line(serializers.CharField):
    """A text of one line."""

    def run_validation(self, data: Any = empty) -> Any:  # noqa: ANN401 - JSON
        return super().run_validation(_clean(data, texts.one_line))


class Prose(serializers.CharField):
    """A text of several lines."""

    def __init__(self, *, max_length: int = texts.LONGEST, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(max_length=max_length, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:  # noqa: ANN401 - JSON
        return super().run_validation(_clean(data, texts.prose))


_ONE_OF = _("Choose one of: %(words)s.")


def one_of(words: Iterable[object]) -> str:
    """What is said to who sent another word."""
    return _ONE_OF % {"words": ", ".join(str(word) for word in words)}


class OneOf(serializers.ChoiceField):
    """One of a few words; what else is sent is answered with all of them."""

    default_error_messages = {"invalid_choice": _ONE_OF}

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(data, str) and data in self.choices:
            return data
        if data == "" and self.allow_blank:
            return ""
        raise serializers.ValidationError(one_of(self.choices), code="invalid_choice")


class Day(serializers.DateField):
    """A day within a span of `riskhub.entry.days`."""

    def __init__(self, *, span: Span, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        self.span = span
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:  # noqa: ANN401 - JSON
        day = super().to_internal_value(value)
        if fault := self.span.fault(day):
            raise serializers.ValidationError(fault, code="implausible")
        return day


class Moment(serializers.DateTimeField):
    """A moment whose day, in the company's zone, is within a span; without a zone it is of the company's."""

    def __init__(self, *, span: Span, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        self.span = span
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> datetime:  # noqa: ANN401 - JSON
        try:
            moment = super().to_internal_value(value)
            day = timezone.localdate(moment)
        except OverflowError:
            self.fail("overflow", timezone=timezone.get_current_timezone())
        if fault := self.span.fault(day):
            raise serializers.ValidationError(fault, code="implausible")
        return moment


@extend_schema_field(str)
class Chosen(serializers.Field[Model, str, str, Any]):
    """One row named by its code (or `by` another column), out of those that the user may choose.

    What exists elsewhere is answered exactly as what does not exist.
    """

    default_error_messages = {"missing": _("“%(value)s” does not exist.")}

    def __init__(
        self,
        rows: Rows,
        *,
        by: str = "code",
        is_any_case: bool = False,
        **kwargs: Any,  # noqa: ANN401 - field options
    ) -> None:
        self.rows, self.by = rows, by
        self.lookup = f"{by}__iexact" if is_any_case else by
        super().__init__(**kwargs)

    def offered(self) -> QuerySet[Any]:
        return self.rows(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Model:  # noqa: ANN401 - JSON
        found = self.offered().filter(**{self.lookup: data}) if is_word(data) else None
        row: Model | None = found.first() if found is not None else None
        if row is None:
            raise serializers.ValidationError(
                self.error_messages["missing"] % {"value": str(data)[:100]}, code="missing"
            )
        return row

    def to_representation(self, value: Model) -> str:
        return str(getattr(value, self.by))

    def run_validation(self, data: Any = empty) -> Any:  # noqa: ANN401 - JSON
        """An empty text is no choice, as null is."""
        return super().run_validation(None if data == "" else data)


class Codes(serializers.ListField):
    """The codes of many related rows, read from what was prefetched."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(child=serializers.CharField(), read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:  # noqa: ANN401 - a related manager
        return [row.code for row in data.all()]


def _clean(data: Any, clean: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(data, str):
        return data
    if not is_word(data):
        raise serializers.ValidationError(UNREADABLE)
    return texts.kept(data, clean)


def is_word(data: object) -> bool:
    """Whether the database can be asked for it: text, without NUL and half characters."""
    if not isinstance(data, str) or "\x00" in data:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in data)
