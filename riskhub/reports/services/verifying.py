"""Whether a stored report is still what was frozen and rendered."""

from dataclasses import dataclass, field

from riskhub.files.store import FileDamaged
from riskhub.reports.canonical import digest_of
from riskhub.reports.models import Report
from riskhub.reports.services.rendering import render_snapshot


@dataclass(frozen=True)
class Verification:
    """`faults` are sentences, in English, for the log and the command."""

    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults


def verify_report(report: Report, *, by: None = None, is_thorough: bool = False) -> Verification:
    """Recompute both hashes; thorough: render again, too, and compare every byte.

    A thorough check needs the fonts and libraries with which the report was made.
    """
    del by  # changes nothing
    snapshot, faults = report.snapshot, []
    if digest_of(snapshot.content) != snapshot.sha256:
        faults.append("the snapshot does not match its sha256")
    if report.file is None:
        return Verification([*faults, "the report has no file"])
    try:
        content = report.file.read()
    except FileDamaged as error:
        return Verification([*faults, f"the file is damaged: {error}"])
    if is_thorough and render_snapshot(snapshot, report.locale)[0] != content:
        faults.append("rendering the snapshot again gives other bytes")
    return Verification(faults)
