"""A photo of the demo company, drawn when the story is told: nobody's home and nobody's camera."""

from io import BytesIO

from PIL import Image, ImageDraw

from riskhub.files.checking import check_photo
from riskhub.files.keeping import KeptFile, keep_file

_WALL, _TILE, _BOILER, _PIPE, _HOLE = "#c9cfc6", "#b4bcb2", "#eef0ec", "#8f979b", "#2b3033"


def photo() -> KeptFile:
    """A water heater on a tiled wall; its flue ends in the room."""
    image = Image.new("RGB", (1200, 900), _WALL)
    pen = ImageDraw.Draw(image)
    for at in range(0, 1200, 150):
        pen.line((at, 0, at, 900), fill=_TILE, width=4)
        pen.line((0, at, 1200, at), fill=_TILE, width=4)
    pen.rounded_rectangle((420, 320, 780, 800), 24, fill=_BOILER, outline=_PIPE, width=6)
    pen.rectangle((560, 180, 640, 320), fill=_PIPE)
    pen.ellipse((540, 140, 660, 220), fill=_HOLE)
    for at in (500, 600, 700):
        pen.rectangle((at - 10, 800, at + 10, 900), fill=_PIPE)
    pen.ellipse((570, 650, 630, 710), fill=_HOLE)
    file = BytesIO()
    image.save(file, "JPEG")
    return keep_file(check_photo("photo-1.jpg", file.getvalue()))
