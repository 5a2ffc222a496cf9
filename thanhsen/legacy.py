"""Vietnamese text of before Unicode."""

import unicodedata


def decoded(text: str, coding: str = "") -> tuple[str, str]:
    """(text in composed Unicode, the coding found: "", "TCVN3", "VNI", "NFD" or "UTF-8").

    `coding` is what the font of the cell tells ("TCVN3", "TCVN3H", "VNI"); without one the letters decide.
    """
    composed = unicodedata.normalize("NFC", text)
    return composed, "NFD" if composed != text else ""
