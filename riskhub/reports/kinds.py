"""Kinds of report. The package that knows the content registers its kind in its wiring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from riskhub.company.calendar import Quarter
from riskhub.reports.render.job import Attachment


class Builder(Protocol):
    """Reads the database into JSON values. `last` is the content of the period before, or None."""

    def __call__(
        self,
        quarter: Quarter,
        /,
        *,
        as_of: datetime,
        revision: int,
        revision_reason: str,
        last: dict[str, Any] | None,
    ) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report: where its content comes from, and how it is printed.

    `since` tells when the data begin, or None: a period that ended before has nothing to show.
    `build` runs inside the freezing transaction; its `meta` names the matrix `scheme` and says
    whether the report `is_draft`. `write_html` and `attach` read nothing but the content.
    """

    code: str
    since: Callable[[], datetime | None]
    build: Builder
    write_html: Callable[[dict[str, Any], str, str], str]
    """(content, locale, sha256) to HTML."""
    attach: Callable[[dict[str, Any], str], list[Attachment]]
    """(content, locale) to files inside the PDF, beside the snapshot itself."""


_kinds: dict[str, ReportKind] = {}


class UnknownKind(LookupError):  # noqa: N818 - reads as what it says
    """No package has registered this kind of report."""


def register_report_kind(kind: ReportKind) -> None:
    _kinds[kind.code] = kind


def report_kind(code: str) -> ReportKind:
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None
