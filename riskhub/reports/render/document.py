"""The one call site of WeasyPrint. Loaded in the render child only.

The file is PDF/A-3a from WeasyPrint, with the PDF/UA-1 mark added to its metadata.
"""

import logging
import zlib
from pathlib import Path
from typing import Any, NoReturn

import weasyprint
from weasyprint import html
from weasyprint.css.counters import CounterStyle
from weasyprint.urls import URLFetcher

from riskhub.reports.render.job import Attachment, Job, Result, pdf_path

MOST_WARNINGS = 20
LEVEL = 6
VARIANT = "pdf/a-3a"
ACCESSIBLE = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Refuses every address: pictures are in the HTML, fonts come from the system."""

    def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002
        raise ValueError(f"Refused: {url[:200]}")


class _Document(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """Without footnotes: WeasyPrint computes their styles for every single element."""

    def _ua_stylesheets(self, *_forms: object) -> list[object]:
        lines = html.UA.splitlines()
        kept = [line for line in lines if not line.startswith(("::footnote", "::note"))]
        return [weasyprint.CSS(string="\n".join(kept), counter_style=CounterStyle())]


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.texts) < MOST_WARNINGS:
            self.texts[record.getMessage()[:300]] = None


def write_document(job: Job, folder: Path) -> Result:
    warnings = _Warnings()
    logging.getLogger("weasyprint").addHandler(warnings)
    fetcher = ClosedFetcher()
    document = _Document(string=job.html, url_fetcher=fetcher).render()
    document.metadata.attachments = [_attach(item, job, fetcher) for item in job.attachments]
    document.write_pdf(
        str(pdf_path(folder)),
        finisher=_finish,
        pdf_variant=VARIANT,
        pdf_identifier=job.identifier.encode(),
    )
    return Result(len(document.pages), tuple(warnings.texts))


def _attach(item: Attachment, job: Job, fetcher: ClosedFetcher) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=item.content,
        url_fetcher=fetcher,
        name=item.name,
        description=item.description,
        relationship=item.relationship,
        created=job.moment,
        modified=job.moment,
    )


def _finish(_document: object, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Add the PDF/UA mark, and keep every stream from ending in CR.

    Compressed data whose last byte is CR read as "CR LF endstream", which readers may take for
    a wrong /Length; such a stream is left uncompressed.
    """
    for item in pdf.objects:
        if getattr(item, "extra", None) and item.extra.get("Subtype") == "/XML":
            item.compress = False
            item.stream[0] = item.stream[0].replace(b"</rdf:RDF>", ACCESSIBLE, 1)
        elif getattr(item, "compress", False):
            _compress(item)


def _compress(item: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    data = b"\n".join(_bytes(part) for part in item.stream)
    compressed = zlib.compress(data, LEVEL)
    item.compress = False
    if compressed.endswith(b"\r"):
        item.stream = [data]
    else:
        item.stream = [compressed]
        item.extra["Filter"] = "/FlateDecode"


def _bytes(part: Any) -> bytes:  # noqa: ANN401 - a string, bytes or an object of pydyf
    if isinstance(part, bytes):
        return part
    data = getattr(part, "data", None)
    return data if isinstance(data, bytes) else str(part).encode()
