"""QR codes on photographs that people send: what they say. A photograph is looked at and not kept."""

from io import BytesIO
from typing import Final

import zxingcpp
from PIL import Image

KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF")
ACCEPTED: Final = "image/jpeg,image/png,image/webp"
"""For a field of files: telephones turn their own formats into one of these, and offer the camera."""

LARGEST: Final = 16 * 1024 * 1024
WANTED: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
PIXELS: Final = 50_000_000
ENOUGH: Final = (2500, 2500)
"""A larger JPEG is decoded at half its size or less, as long as this is left."""


class NoPicture(ValueError):
    """It is no picture that can be looked at."""


def codes_in(picture: bytes) -> list[str]:
    """The texts of all QR codes on a picture, in whatever position; raises `NoPicture`."""
    try:
        with Image.open(BytesIO(picture), formats=KINDS) as found:
            if found.width * found.height > PIXELS:
                raise NoPicture("too many pixels")
            found.draft("L", ENOUGH)
            grey = found.convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise NoPicture(str(problem)) from problem
    return [each.text for each in zxingcpp.read_barcodes(grey, formats=WANTED)]
