"""Certificates as PDF, one to a page, in the portal's own layout."""

from collections.abc import Iterable
from pathlib import Path

from households.documents.papers import CertificatePaper
from thanhsen.papers import pdf

CONTENT_TYPE = pdf.CONTENT_TYPE
LAYOUT = Path(__file__).with_name("certificate.typ")


def write(papers: Iterable[CertificatePaper]) -> bytes:
    """One PDF of all the certificates, in their order. Same papers, same bytes."""
    return pdf.compiled(LAYOUT, list(papers))
