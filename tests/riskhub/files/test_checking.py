"""What comes in is on the list, is what it says, and leaves without what it knows of its maker."""

import warnings
import zipfile
import zlib
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image, ImageOps

from riskhub.files import pictures
from riskhub.files.checking import UploadRefused, check_document, check_photo, check_size
from riskhub.files.choices import AttachmentKind
from riskhub.files.pictures import MEGAPIXEL, insist
from tests.photos import picture

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
SIDEWAYS = 6
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def package(*parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    return file.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")


def telling_photo():
    """Half red, half blue, held sideways, with the place and the phone in it."""
    image = Image.new("RGB", (80, 40), "red")
    image.paste("blue", (40, 0, 80, 40))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = SIDEWAYS, "Zhang Wei's phone"
    exif.get_ifd(GPS)[1] = "N"
    file = BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"from Zhang Wei", quality=95)
    return file.getvalue()


def opened(content):
    return Image.open(BytesIO(content))


class TestPhoto:
    def test_it_stands_upright_and_says_nothing_of_its_maker(self):
        content = telling_photo()
        assert b"Zhang Wei" in content
        checked = check_photo("IMG_1.JPG", content)
        drawn = opened(checked.content)
        assert (drawn.size, checked.width, checked.height) == ((40, 80), 40, 80)
        assert (dict(drawn.getexif()), drawn.info.get("comment")) == ({}, None)
        for stored in (checked.content, checked.thumbnail):
            assert b"Zhang Wei" not in stored
            assert b"Exif" not in stored
        upper, lower = drawn.getpixel((20, 10)), drawn.getpixel((20, 70))
        assert (upper[0] > 200, lower[2] > 200) == (True, True)

    def test_no_side_is_longer_than_1600(self):
        checked = check_photo("a.jpg", picture(size=(3000, 1500)))
        assert (checked.width, checked.height) == (1600, 800)
        assert max(opened(checked.thumbnail).size) == pictures.THUMBNAIL

    def test_a_small_one_keeps_its_size(self):
        assert opened(check_photo("a.jpg", picture(size=(30, 20))).content).size == (30, 20)

    @pytest.mark.parametrize(
        ("name", "form", "made", "mime"),
        [
            ("a.png", "PNG", "a.png", "image/png"),
            ("a.webp", "WEBP", "a.jpg", "image/jpeg"),
            ("a.JPEG", "JPEG", "a.jpg", "image/jpeg"),
            ("a.jpg", "PNG", "a.png", "image/png"),
        ],
    )
    def test_it_is_named_after_what_is_in_it(self, name, form, made, mime):
        checked = check_photo(name, picture(form=form))
        assert (checked.filename, checked.mime) == (made, mime)
        assert opened(checked.content).get_format_mimetype() == mime

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_every_way_of_colouring(self, mode):
        file = BytesIO()
        Image.new(mode, (20, 20)).save(file, "PNG")
        checked = check_photo("a.png", file.getvalue())
        assert opened(checked.content).size == (20, 20)
        assert opened(checked.thumbnail).mode == "RGB"

    def test_what_is_transparent_is_white(self):
        file = BytesIO()
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "WEBP", lossless=True)
        assert opened(check_photo("a.webp", file.getvalue()).content).getpixel((5, 5)) == (
            255, 255, 255,
        )  # fmt: skip

    def test_printers_colours(self):
        file = BytesIO()
        Image.new("CMYK", (20, 20), (0, 0, 0, 0)).save(file, "JPEG")
        assert opened(check_photo("a.jpg", file.getvalue()).content).mode == "RGB"

    def test_of_a_moving_picture_the_first(self):
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
        file = BytesIO()
        frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
        assert opened(check_photo("a.webp", file.getvalue()).content).getpixel((5, 5))[0] > 200

    def test_the_same_bytes_have_the_same_mark(self):
        first, second = (check_photo(name, picture()) for name in ("a.jpg", "b.jpg"))
        assert first.received_sha256 == second.received_sha256
        assert check_photo("a.jpg", picture("red")).received_sha256 != first.received_sha256


REFUSED = {
    "iPhone": ("IMG_1.HEIC", HEIC, "HEIC"),
    "iPhone, renamed": ("IMG_1.jpg", HEIC, "HEIC"),
    "not a photo": ("a.exe", b"MZ" + b"\x00" * 50, "is no photo"),
    "no extension": ("photo", picture(), "is no photo"),
    "a drawing that runs": ("a.svg", b"<svg xmlns='x'><script/></svg>", "is no photo"),
    "gif": ("a.gif", picture(form="GIF"), "is no photo"),
    "another thing under its name": ("a.jpg", b"<html><script>1</script>", "cannot be opened"),
    "a pdf under its name": ("a.jpg", PDF, "cannot be opened"),
    "tiff under its name": ("a.png", picture(form="TIFF"), "cannot be opened"),
    "cut off": ("a.jpg", picture(size=(400, 400))[:600], "cannot be opened"),
    "empty": ("a.jpg", b"", "is empty"),
    "the head alone": ("a.png", b"\x89PNG\r\n\x1a\n", "cannot be opened"),
    "drawn too often": ("a.jpg", picture() + b"\xff\xda" * 200, "cannot be opened"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_and_told_why(case):
    name, content, why = REFUSED[case]
    with pytest.raises(UploadRefused) as refusal:
        check_photo(name, content)
    (sentence,) = refusal.value.messages
    assert sentence.startswith(f"“{name}”")
    assert why in sentence


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_too_many_pixels_are_refused_before_they_are_drawn(form, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", dict.fromkeys(("jpeg", "png", "webp"), 3000))
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda _image: pytest.fail("it was drawn"))
    with pytest.raises(UploadRefused, match="megapixels"):
        check_photo(f"a.{form.lower()}", picture(form=form))


@pytest.mark.parametrize("head", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_webp_is_measured_by_its_head(head, monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *_args, **_how: pytest.fail("room was made for it"))
    body = {
        b"VP8X": b"\x00" * 4 + b"\xff\xff\x00" * 2,
        b"VP8L": b"\x2f" + b"\xff\xff\xff\x0f",
        b"VP8 ": b"\x00" * 6 + b"\xff\x3f" * 2,
    }[head]
    content = b"RIFF\x00\x00\x00\x00WEBP" + head + b"\x00" * 4 + body + b"\x00" * 30
    with pytest.raises(UploadRefused, match="more than 25 megapixels"):
        check_photo("a.webp", content)


@pytest.mark.parametrize("pixels", [100 * MEGAPIXEL, 400 * MEGAPIXEL])
def test_a_bomb_is_a_picture_of_too_many_pixels(pixels):
    """PNG that says so in its head; Pillow warns of the first and raises at the second."""
    bomb = bytearray(picture(form="PNG"))
    side = int(pixels**0.5)
    bomb[16:24] = side.to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(UploadRefused, match="megapixels"):
        check_photo("a.png", bytes(bomb))


def test_a_warning_is_a_refusal_whoever_runs_the_program(monkeypatch):
    def warns(_image):
        exec(compile("import warnings; warnings.warn('odd')", "p", "exec"), {"__name__": "PIL.x"})  # noqa: S102 - as a module of Pillow

    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        insist()
        monkeypatch.setattr(ImageOps, "exif_transpose", warns)
        with pytest.raises(UploadRefused, match="cannot be opened"):
            check_photo("a.jpg", picture())


def test_too_large_is_said_before_it_is_read():
    check_size("a.jpg", 12 * 1024 * 1024, AttachmentKind.PHOTO)
    with pytest.raises(UploadRefused, match="“a” has 13 MB, more than 12"):
        check_size("a", 12 * 1024 * 1024 + 1, AttachmentKind.PHOTO)


class TestDocument:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("规程.pdf", PDF),
            ("a.docx", DOCX),
            ("a.xlsx", XLSX),
            ("a.txt", "一行".encode()),
            ("a.csv", "一,二".encode("gb18030")),
        ],
    )
    def test_it_stays_as_it_is(self, name, content):
        checked = check_document(name, content)
        assert (checked.filename, checked.content, checked.kind) == (name, content, "document")
        assert (checked.width, checked.thumbnail) == (None, b"")

    def test_a_photo_among_documents_is_redrawn(self):
        checked = check_document("现场.jpg", telling_photo())
        assert (checked.kind, checked.filename, b"Zhang" in checked.content) == (
            "photo", "现场.jpg", False,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.html", b"<script>"),
            ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
            ("a.docx", XLSX),
            ("a.xlsm", XLSX),
            ("a.docx", package("word/document.xml")),
            ("a.docx", b"PK\x03\x04" + b"x" * 40),
            ("a.zip", package("a.txt")),
            ("a.pdf", b"%PDF-1.7 without an end"),
            ("a.txt", b"\x00\x01\x02"),
            ("a.txt", b"\xff\xfe\xfd"),
            ("a.pdf", DOCX),
        ],
    )
    def test_what_is_refused(self, name, content):
        with pytest.raises(UploadRefused):
            check_document(name, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\规程.txt", "规程.txt"),
        ("a\u202egpj.txt", "agpj.txt"),
        ("x" * 300 + ".txt", "x" * 96 + ".txt"),
    ],
)
def test_a_name_is_a_name_and_no_path(name, kept):
    assert check_document(name, b"x").filename == kept
