"""Pieces of SVG that read the same on a page, in a PDF and in grey print.

Every function returns markup whose data is escaped. Sizes are CSS pixels. Presentation attributes
carry the print look; a page's style sheet overrides them through the classes.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString

INK, SOFT, RULE, BLUE, EDGE, PAPER = (
    "#1B1B1B",
    "#55626B",
    "#C3CCD2",
    "#17405F",
    "#6B7F8A",
    "#FFFFFF",
)
FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, sans-serif"
BOLD = 700
_WIDE_FROM = "\u2e80"  # characters from here on are as wide as they are high


def picture(
    width: float, height: float, title: str, body: str, *, css: str = "", is_group: bool = False
) -> SafeString:
    """One <svg> with its name. A group holds links, which a screen reader must still reach."""
    role = "group" if is_group else "img"
    name = escape(title)
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="{role}" aria-label="{name}"'
        f'{_attribute("class", css)} font-family="{FONT}"><title>{name}</title>{body}</svg>'
    )


def text(
    x: float,
    y: float,
    content: object,
    *,
    size: float = 10.5,
    anchor: str = "middle",
    weight: int = 400,
    fill: str = INK,
    halo: str = "",
    css: str = "",
) -> str:
    """`halo` is the colour of the ground: a stroked copy below keeps digits clear of patterns."""
    place = (
        f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'font-weight="{weight}"{_attribute("class", css)}'
    )
    words = escape(content)
    under = (
        f'<text {place} aria-hidden="true" fill="{halo}" stroke="{halo}" stroke-width="2.6">'
        f"{words}</text>"
        if halo
        else ""
    )
    return f'{under}<text {place} fill="{fill}">{words}</text>'


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    edge: float = 0,
    css: str = "",
) -> str:
    stroke = f' stroke="{EDGE}" stroke-width="{edge:g}"' if edge else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}"{stroke}{_attribute("class", css)}/>'
    )


def path(
    d: str,
    *,
    stroke: str = INK,
    width: float = 1,
    dash: str = "",
    fill: str = "none",
    css: str = "",
) -> str:
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"'
        f"{_attribute('stroke-dasharray', dash)}{_attribute('class', css)}/>"
    )


def circle(x: float, y: float, radius: float, *, fill: str, stroke: str, width: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{width:g}"/>'
    )


def width_of(content: str, size: float) -> float:
    """A guess that is never too small by more than a character."""
    return sum(size if sign >= _WIDE_FROM else size * 0.56 for sign in content)


def mix(colour: str, other: str, share: float) -> str:
    """Return `share` of `colour` in `other`; both as #RRGGBB."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def is_dark(colour: str) -> bool:
    red, green, blue = _parts(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 80  # noqa: PLR2004 - a third of white


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""
