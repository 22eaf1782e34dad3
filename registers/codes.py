"""Addresses as drawings that a camera reads."""

import segno
from django.utils.safestring import SafeString, mark_safe


def code_drawing(address: str, *, css: str = "rh-code-drawing") -> SafeString:
    """An SVG; dark on light whatever the page's colours are, or cameras do not read it."""
    code = segno.make(address, error="q", micro=False)
    svg = code.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=css, lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - drawn by the library: paths and numbers alone
