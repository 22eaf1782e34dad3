"""Pictures made anew: what is stored was drawn by us from the pixels, turned upright, and nothing else.

Place, camera and owner stay behind with the bytes that came in; so does whatever hides in them.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

MEGAPIXEL = 1_000_000
# JPEG is drawn at a fraction of its size where it is large; the others are unpacked whole.
MOST_PIXELS = {"jpeg": 51 * MEGAPIXEL, "png": 25 * MEGAPIXEL, "webp": 25 * MEGAPIXEL}
MOST_SCANS = 100
"""A JPEG of thousands of scans is drawn thousands of times; a camera writes ten."""
THUMBNAIL = 216
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_JPEG = {"format": "JPEG", "quality": 85}
_SMALL = {"format": "JPEG", "quality": 72, "optimize": True}


class Unreadable(Exception):  # noqa: N818 - reads as what it says
    """Not a picture that can be drawn without doubt."""


class TooManyPixels(Exception):  # noqa: N818 - reads as what it says
    """More than `most` megapixels."""

    def __init__(self, kind: str) -> None:
        self.most = MOST_PIXELS[kind] // MEGAPIXEL
        super().__init__(f"more than {self.most} megapixels")


@dataclass(frozen=True)
class Picture:
    content: bytes
    type: str
    width: int
    height: int
    thumbnail: bytes


def insist() -> None:
    """What Pillow only warns of is refused, in each thread of this process."""
    warnings.filterwarnings("error", module=r"PIL(\.|$)")
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


insist()


def redraw(content: bytes, kind: str, *, longest: int) -> Picture:
    """Upright, no side longer than `longest`; PNG stays PNG, photographs become JPEG.

    Raises Unreadable or TooManyPixels, whatever is in `content`.
    """
    if kind == "jpeg" and content.count(b"\xff\xda") > MOST_SCANS:
        raise Unreadable("too many scans")
    if kind == "webp" and _webp_pixels(content) > MOST_PIXELS[kind]:
        raise TooManyPixels(kind)  # opening it would make room for all of them
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as image:
            return _redraw(image, kind, longest)
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels(kind) from bomb
    except Exception as fault:  # a broken picture makes Pillow raise nearly anything
        raise Unreadable(str(fault)) from fault


def _redraw(image: Image.Image, kind: str, longest: int) -> Picture:
    if image.width * image.height > MOST_PIXELS[kind]:
        raise TooManyPixels(kind)
    image.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(image)
    drawn = _flat(upright) if kind != "png" else _plain(upright)
    drawn.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return Picture(
        content=_saved(drawn, {"format": "PNG"} if kind == "png" else _JPEG),
        type="png" if kind == "png" else "jpeg",
        width=drawn.width,
        height=drawn.height,
        thumbnail=_thumbnail(drawn),
    )


def _webp_pixels(content: bytes) -> int:
    """As its head says; 0 where the head is of no kind that there is."""

    def number(start: int, size: int) -> int:
        return int.from_bytes(content[start : start + size], "little")

    kind, low = content[12:16], (1 << 14) - 1
    if kind == b"VP8X":
        return (number(24, 3) + 1) * (number(27, 3) + 1)
    if kind == b"VP8 ":
        return (number(26, 2) & low) * (number(28, 2) & low)
    if kind == b"VP8L":
        return ((number(21, 4) & low) + 1) * ((number(21, 4) >> 14 & low) + 1)
    return 0


def _plain(image: Image.Image) -> Image.Image:
    """8 bits a colour, transparency kept, no palette."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _flat(image: Image.Image) -> Image.Image:
    """What is transparent is white, as on the page."""
    plain = _plain(image)
    if plain.mode != "RGBA":
        return plain
    page = Image.new("RGB", plain.size, "white")
    page.paste(plain, mask=plain.getchannel("A"))
    return page


def _thumbnail(drawn: Image.Image) -> bytes:
    small = _flat(drawn).copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return _saved(small.convert("RGB"), _SMALL)


def _saved(image: Image.Image, how: dict[str, object]) -> bytes:
    """From a copy of the pixels alone: no comment, profile or place comes along."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, **how)  # type: ignore[arg-type]  # Pillow names its options by format
    return file.getvalue()
