"""Pictures drawn anew: nothing is left of place, time and device that a camera wrote into them."""

from io import BytesIO
from typing import IO, Final

from PIL import Image, ImageOps, ImageSequence

DRAWN: Final = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
"""Kinds that are drawn anew, by how they are written again."""

PIXELS: Final = 50_000_000


class Unreadable(ValueError):
    """It begins like a picture, and is none that can be drawn."""


def drawn_anew(file: IO[bytes], kind: str) -> bytes:
    """The picture from its pixels alone, turned as it is to be looked at; raises `Unreadable`."""
    file.seek(0)
    try:
        with Image.open(file, formats=[DRAWN[kind]]) as picture:
            if picture.width * picture.height > PIXELS:
                raise Unreadable("too many pixels")
            if kind == "gif":
                return _moving(picture)
            turned = ImageOps.exif_transpose(picture)
            mode = "RGB" if kind == "jpeg" or ("A" not in turned.getbands() and turned.mode != "P") else "RGBA"
            plain = Image.new(mode, turned.size)
            plain.paste(turned.convert(mode))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error
    written = BytesIO()
    plain.save(written, DRAWN[kind], **({"quality": 90} if kind != "png" else {"optimize": False}))
    return written.getvalue()


def _moving(picture: Image.Image) -> bytes:
    """A GIF from the pixels of its pictures and how long each is seen; comments and what programs added are gone."""
    frames, spans, pixels = [], [], 0
    for frame in ImageSequence.Iterator(picture):
        pixels += frame.width * frame.height
        if pixels > PIXELS:
            raise Unreadable("too many pixels")
        plain = Image.new("RGBA", frame.size)
        plain.paste(frame.convert("RGBA"))
        frames.append(plain)
        spans.append(frame.info.get("duration", 100))
    written = BytesIO()
    moves = {"save_all": True, "append_images": frames[1:], "duration": spans, "loop": 0} if len(frames) > 1 else {}
    frames[0].save(written, "GIF", **moves)
    return written.getvalue()
