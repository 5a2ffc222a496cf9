"""Certificates as PDF, one to a page, in the portal's own layout with the fonts that typst brings along."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import typst

from households.documents.papers import CertificatePaper
from households.documents.wording import plain

CONTENT_TYPE = "application/pdf"
LAYOUT = Path(__file__).with_name("certificate.typ")
MOMENT = 946_684_800  # 1 January 2000: stands in the file for the moment of writing


def write(papers: Iterable[CertificatePaper]) -> bytes:
    """One PDF of all the certificates, in their order. Same papers, same bytes."""
    words = json.dumps([_plain(each) for each in papers], ensure_ascii=False)
    made = typst.compile(
        LAYOUT.read_bytes(),
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
