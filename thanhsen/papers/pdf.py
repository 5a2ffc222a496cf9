"""PDF by typst, with the fonts that come with it: every Vietnamese letter, the same on every machine."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import typst

from thanhsen.papers.wording import plain

CONTENT_TYPE = "application/pdf"
MOMENT = 946_684_800  # 1 January 2000: stands in the file for the moment of writing


def compiled(layout: Path, papers: Sequence[Any]) -> bytes:
    """The layout filled with `papers` (dataclasses or texts), which it reads as JSON. Same papers, same bytes."""
    words = json.dumps([_plain(each) for each in papers], ensure_ascii=False)
    made = typst.compile(
        layout.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        timestamp=MOMENT,
        pdf_tags=False,
        sys_inputs={"papers": words},
    )
    assert isinstance(made, bytes)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return plain(value)
