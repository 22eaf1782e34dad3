"""Two thousand files that are not what they should be."""

import random
from io import BytesIO

from PIL import Image

from riskhub.files import checking
from riskhub.files.checking import UploadRefused, check_document
from riskhub.files.choices import AttachmentKind
from tests.photos import picture
from tests.riskhub.files.test_checking import DOCX, ORIENTATION, PDF, SIDEWAYS


def damaged(content, chance):
    """Bytes turned, cut out, doubled, or the end missing."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = found[at : at + chance.randint(1, 40)]
            case _:
                del found[at:]
        if not found:
            return b"\xff"
    return bytes(found)


def test_two_thousand_damaged_files_are_refused_or_redrawn():
    """Whatever it is, either a whole picture of ours comes out of it or a sentence."""
    chance = random.Random(3)  # noqa: S311 - the same files each time
    exif = Image.Exif()
    exif[ORIENTATION] = SIDEWAYS
    whole = {
        "a.jpg": picture(size=(40, 40), exif=exif, progressive=True),
        "b.png": picture(form="PNG", size=(40, 40)),
        "c.webp": picture(form="WEBP", size=(40, 40)),
        "d.pdf": PDF,
        "e.docx": DOCX,
    }
    refused = 0
    for number in range(2000):
        name = chance.choice(list(whole))
        try:
            checked = check_document(name, damaged(whole[name], chance))
        except UploadRefused:
            refused += 1
            continue
        assert checked.mime in {kind.mime for kind in checking.TYPES.values()}, number
        if checked.kind == AttachmentKind.PHOTO:
            with Image.open(BytesIO(checked.content)) as drawn:
                drawn.load()
    assert 500 < refused < 2000
