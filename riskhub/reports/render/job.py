"""What the parent asks of the render child: files in one private folder, known to both sides.

Standard library only: the child reads this before it loads anything heavy.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use before the kernel, or the parent, ends it."""

    memory_bytes: int = 2048 * MIB
    cpu_seconds: int = 240
    wall_seconds: int = 300
    file_bytes: int = 256 * MIB


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. `relationship` is 'Data' or 'Source' (ISO 32000-2, 7.11.3)."""

    name: str
    description: str
    content: str
    relationship: str = "Data"


@dataclass(frozen=True, slots=True)
class Job:
    """Equal jobs give equal bytes: nothing in the PDF comes from the clock or from chance."""

    html: str
    moment: datetime
    identifier: str
    attachments: tuple[Attachment, ...] = ()
    limits: Limits = Limits()

    def save(self, folder: Path) -> None:
        text = json.dumps({**asdict(self), "moment": self.moment.isoformat()})
        job_path(folder).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Result:
    """`warnings` are WeasyPrint's: refused addresses, signs that no font has."""

    pages: int
    warnings: tuple[str, ...] = ()

    def save(self, folder: Path) -> None:
        result_path(folder).write_text(json.dumps(asdict(self)), encoding="utf-8")


def load_job(folder: Path) -> Job:
    raw = json.loads(job_path(folder).read_text(encoding="utf-8"))
    return Job(
        html=raw["html"],
        moment=datetime.fromisoformat(raw["moment"]),
        identifier=raw["identifier"],
        attachments=tuple(Attachment(**item) for item in raw["attachments"]),
        limits=Limits(**raw["limits"]),
    )


def load_result(folder: Path) -> Result:
    raw = json.loads(result_path(folder).read_text(encoding="utf-8"))
    return Result(pages=raw["pages"], warnings=tuple(raw["warnings"]))


def job_path(folder: Path) -> Path:
    return folder / "job.json"


def result_path(folder: Path) -> Path:
    return folder / "result.json"


def pdf_path(folder: Path) -> Path:
    return folder / "out.pdf"
