"""A certificate of a course as PDF: its words as they were issued, and a QR code to the page that says it is valid."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from thanhsen.papers import pdf
from thanhsen.papers.wording import numbered, place_name, spoken_day
from trainings.documents import qr
from trainings.models import TrainingCertificate
from trainings.models.signing import lines_of

CONTENT_TYPE = pdf.CONTENT_TYPE
LONGEST_WORD = 24  # letters; nobody's name has a longer word, and one that is typed does not run off the page
LAYOUT = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True)
class CertificatePaper:
    """What the layout prints; `capacity`: the lines over the signature; `qr` is the drawing as SVG."""

    ward: str
    place: str
    day: str
    number: str
    full_name: str
    born: str
    unit: str
    course: str
    studied: str
    decision: str
    capacity: list[str]
    signer: str
    replaces: str
    qr: str


def write(certificates: Iterable[TrainingCertificate], address_of: Callable[[str], str]) -> bytes:
    """One PDF, a page each, in their order. `address_of`: code → the public page of the certificate, whole."""
    return compiled([paper(each, address_of(each.code)) for each in certificates])


def compiled(papers: Sequence[CertificatePaper]) -> bytes:
    return pdf.compiled(LAYOUT, papers)


def paper(certificate: TrainingCertificate, address: str) -> CertificatePaper:
    replaced = certificate.replaces
    return CertificatePaper(
        ward=certificate.ward.name,
        place=place_name(certificate.ward.name),
        day=spoken_day(certificate.issued_on),
        number=numbered(certificate.printed_number),
        full_name=_breakable(certificate.full_name),
        born=certificate.born,
        unit=_breakable(certificate.unit_name),
        course=_breakable(certificate.course_name),
        studied=certificate.studied,
        decision=numbered(certificate.decision_number),
        capacity=lines_of(certificate.signer_title),
        signer=_breakable(certificate.signer),
        replaces=numbered(replaced.printed_number) if replaced else "",
        qr=qr.file(address),
    )


def _breakable(text: str) -> str:
    """Places within endless words where a line may end."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", text)
