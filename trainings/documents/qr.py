"""QR codes of addresses of the portal."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def file(address: str) -> str:
    """A whole SVG file with its quiet zone of four modules, without which scanners miss it."""
    out = io.BytesIO()
    segno.make(address, micro=False, error="m").save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()


def inline(address: str) -> SafeString:
    """An SVG to stand in a page, as large as the page makes it."""
    drawn = segno.make(address, micro=False, error="m").svg_inline(omitsize=True, border=2)
    return mark_safe(drawn)  # noqa: S308 – drawn by segno from an address of ours
