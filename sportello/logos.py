"""A host's logo: what was uploaded is looked into, and drawn again from its pixels."""

import secrets
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 2 * 1024 * 1024
LEAST_SIDE, MOST_PIXELS = 64, 25_000_000
DRAWN_SIDE = 480
FORMATS = ("PNG", "JPEG", "WEBP")


def redraw_logo(upload: UploadedFile) -> ContentFile:
    """Return an uploaded picture as WebP, at most 480 pixels on its longer side, without what else the file held.

    Raises:
        ValidationError: too heavy, too small, or not a picture, with a sentence for who uploads.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("Il file pesa troppo: al massimo 2 MB."), code="size")
    unreadable = ValidationError(_("Questo file non è un'immagine PNG, JPEG o WebP: provane un altro."), code="format")
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise ValidationError(_("L'immagine è troppo grande: al massimo 5.000 pixel per lato."), code="pixels")
            if min(width, height) < LEAST_SIDE:
                raise ValidationError(
                    _("L'immagine è troppo piccola: almeno %(least)s pixel per lato.") % {"least": LEAST_SIDE},
                    code="pixels",
                )
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            drawn = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise unreadable from error
    drawn.thumbnail((DRAWN_SIDE, DRAWN_SIDE))
    out = BytesIO()
    drawn.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(12)}.webp")
