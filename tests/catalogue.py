"""The Chinese catalogue against the sources: `python -m tests.catalogue` reports, `... update` merges.

Extraction is Babel's over Python and over what Django's templatize makes of a template, so that no
gettext tools are needed.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
PACKAGES = ("riskhub", "registers", "assessments", "incidents")
TEMPLATES = {".html", ".txt"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}

# Fixed, so that two people's updates differ only where the words do.
HEADER = {
    "header_comment": "# RiskHub in Chinese: `python -m tests.catalogue update` keeps it complete.",
    "version": "1",
    "msgid_bugs_address": "",
    "creation_date": datetime(2026, 1, 1, tzinfo=UTC),
    "revision_date": datetime(2026, 1, 1, tzinfo=UTC),
    "last_translator": "",
    "language_team": "",
}


def extract() -> Catalog:
    """Every marked text of the sources, with the places where it stands."""
    found = Catalog()
    for path in _sources():
        text = path.read_text("utf-8")
        code = templatize(text, origin=str(path)) if path.suffix in TEMPLATES else text
        for _line, function, messages, comments in extract_python(
            BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"}
        ):
            _add(found, function, messages, comments, path)
    return found


def stored() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def faults() -> list[str]:
    """Sentences: what is missing, empty, fuzzy, left over, or breaks its placeholders."""
    sources, catalogue = extract(), stored()
    wanted = {_key(message) for message in sources if message.id}
    present = {_key(message): message for message in catalogue if message.id}
    problems = [f"not in the catalogue: {key}" for key in sorted(wanted - present.keys(), key=str)]
    problems += [
        f"no longer in the sources: {key}" for key in sorted(present.keys() - wanted, key=str)
    ]
    for key, message in present.items():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            problems.append(f"not translated: {key}")
        if message.fuzzy:
            problems.append(f"fuzzy: {key}")
        problems += [f"{error}: {key}" for error in message.check(catalogue)]
    return problems


def update(*additions: Path) -> None:
    """Write the catalogue anew: sources' msgids, translations kept or taken from `additions`."""
    sources = extract()
    known = {_key(message): message.string for message in stored()} if PO.exists() else {}
    for path in additions:
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if message.id and any(message.string or ()):
                    known[_key(message)] = message.string
    fresh = Catalog(locale="zh_Hans", project="RiskHub", fuzzy=False, **HEADER)
    for message in sources:
        if message.id:
            string = known.get(_key(message), message.string)
            fresh.add(
                message.id,
                string,
                message.locations,
                context=message.context,
                flags=message.flags - {"fuzzy"},
            )
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, sort_output=True, omit_header=False, no_location=True, width=110)


def _sources() -> list[Path]:
    python = [
        p for name in PACKAGES for p in (ROOT / name).rglob("*.py") if "migrations" not in p.parts
    ]
    templates = [p for p in (ROOT / "templates").rglob("*") if p.suffix in TEMPLATES]
    return sorted(python) + sorted(templates)


def _key(message: object) -> tuple[object, object]:
    return (message.id[0] if isinstance(message.id, tuple) else message.id, message.context)


def _add(found: Catalog, function: str, messages: object, comments: list[str], path: Path) -> None:
    texts = messages if isinstance(messages, tuple) else (messages,)
    context = None
    if "pgettext" in function:
        context, texts = texts[0], texts[1:]
    identity = tuple(texts[:2]) if "ngettext" in function or "npgettext" in function else texts[0]
    if identity and (isinstance(identity, str) or all(identity)):
        found.add(
            identity,
            locations=[(str(path.relative_to(ROOT)), 0)],
            context=context,
            auto_comments=comments,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["update"]:
        update(*map(Path, sys.argv[2:]))
    for fault in (problems := faults()):
        print(fault)  # noqa: T201 - this is the report
    sys.exit(bool(problems))
