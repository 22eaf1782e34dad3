"""Pictures made on the spot, and things that have them."""

from io import BytesIO

from PIL import Image

from riskhub.files.checking import check_photo
from riskhub.files.keeping import keep_file
from riskhub.files.services import attach_files


def picture(colour="teal", *, size=(64, 48), form="JPEG", **how):
    """The bytes of a plain picture; each colour is another file."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, form, **how)
    return file.getvalue()


def kept_photo(colour="teal", *, name="a.jpg", **how):
    """Checked and on the disk."""
    return keep_file(check_photo(name, picture(colour, **how)))


def made_attachment(row, *, by, colour="teal", name="a.jpg"):
    (attached,) = attach_files(row, [kept_photo(colour, name=name)], by=by)
    return attached
