"""One pass over the XML parts of a workbook: what the sheets really hold, and nothing harmful."""

from collections.abc import Mapping
from io import BytesIO
from posixpath import normpath
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext_noop as _

from riskhub.imports.extents import SheetFacts, check_extent, check_totals
from riskhub.imports.kinds import MACROS
from riskhub.imports.limits import Limits
from riskhub.imports.packages import WORKBOOK, refuse_damaged
from riskhub.imports.sentences import refuse
from riskhub.imports.sheets import NOT_CALCULATED, Flaw, column_index

BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
REFERENCE_DIGITS = "0123456789"


class SheetScan(ContentHandler):
    """Reads positions, kinds and lengths of the cells of one sheet; keeps no text."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__()
        self.facts = SheetFacts()
        self.where = where
        self.limits = limits
        self.root = ""
        self.row = 0
        self.column = -1
        self.kind = ""
        self.has_formula = self.has_value = self.is_open = False
        self.value = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the interface's name)
        tag = name.rpartition(":")[2]
        self.root = self.root or tag
        if tag == "c":
            self.start_cell(attrs.get("r") or "", attrs.get("t") or "")
        elif tag == "row":
            number = attrs.get("r") or ""
            self.row = int(number) if number.isdecimal() else self.row + 1
            self.column = -1
        elif tag == "f":
            self.has_formula = True
        elif tag in {"v", "is"}:
            self.has_value = self.is_open = True

    def start_cell(self, reference: str, kind: str) -> None:
        letters = reference.rstrip(REFERENCE_DIGITS)
        if reference and letters.isascii() and letters.isupper():
            self.column = column_index(letters)
            self.row = int(reference[len(letters) :] or self.row)
        else:
            self.column += 1
        self.kind = kind
        self.has_formula = self.has_value = self.is_open = False
        self.value = ""

    def characters(self, content: str) -> None:
        if self.is_open:
            self.value += content

    def endElement(self, name: str) -> None:  # noqa: N802 (the interface's name)
        tag = name.rpartition(":")[2]
        if tag in {"v", "is"}:
            self.is_open = False
        elif tag == "c" and self.root == "worksheet":
            self.end_cell()

    def end_cell(self) -> None:
        facts, position = self.facts, (self.row, self.column)
        if self.kind == "e" and self.has_value:
            facts.flaws[position] = Flaw(self.value.strip() or "#VALUE!")
        elif self.has_formula and not self.value and self.kind != "str":
            facts.flaws[position] = NOT_CALCULATED
        if self.has_value or self.has_formula:
            self.count()

    def count(self) -> None:
        facts = self.facts
        facts.count(self.row, self.column)
        if self.kind == "s" and self.value.strip().isdecimal():
            facts.strings[int(self.value)] += 1
        else:
            facts.characters += len(self.value)
        check_extent(self.where, self.row, self.column, self.limits)


class StringScan(ContentHandler):
    """Lengths of the shared strings, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802 (the interface's)
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def characters(self, content: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(content)


class AttributeScan(ContentHandler):
    """The attributes of every element of a small part, by element name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the interface's name)
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self.found.append((name.rpartition(":")[2], attributes))


def scan(content: bytes, handler: ContentHandler) -> None:
    """Parses one part without entities, document types or the outside world."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException as error:
        raise refuse(
            _("The workbook holds XML entities, which are refused. Save it again as .xlsx."),
        ) from error
    except (SAXException, ValueError, LookupError, OverflowError) as error:
        raise refuse_damaged() from error


def scan_parts(parts: Mapping[str, bytes], limits: Limits) -> dict[str, SheetFacts]:
    """Facts by sheet name. Every part with markup is parsed, whatever it is called."""
    check_content_types(parts.get(CONTENT_TYPES, b""))
    names = sheet_names(parts)
    strings = StringScan()
    facts: dict[str, SheetFacts] = {}
    for part, content in parts.items():
        if part.lower().endswith("sharedstrings.xml"):
            scan(content, strings)
        elif part in names or is_markup(part, content):
            name = names.get(part, part)
            sheet = SheetScan(name, limits)
            scan(content, sheet)
            facts[name] = sheet.facts
    check_totals(facts, strings.lengths, limits)
    return facts


def is_markup(part: str, content: bytes) -> bool:
    """Old drawings (.vml) are often not well formed, and no reader of sheets opens them."""
    return content[:64].lstrip(BEFORE_MARKUP).startswith(b"<") and not part.endswith(".vml")


def check_content_types(content: bytes) -> None:
    if b"macroEnabled" in content:
        raise refuse(MACROS, ending=".xlsm")


def sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet names by part, from the workbook and its relations."""
    workbook, relations = AttributeScan(), AttributeScan()
    scan(parts[WORKBOOK], workbook)
    scan(parts.get(WORKBOOK_RELATIONS, b"<none/>"), relations)
    targets = {found.get("Id"): found.get("Target", "") for _tag, found in relations.found}
    titles = [found.get("name") for tag, found in workbook.found if tag == "sheet"]
    if len(set(titles)) < len(titles):
        raise refuse_damaged()
    return {
        normpath("xl/" + target if not target.startswith("/") else target[1:]): found["name"]
        for tag, found in workbook.found
        if tag == "sheet" and "name" in found and (target := targets.get(found.get("id")))
    }
