"""Closing the books of a year: from then on no figure of it moves (rules *_year_is_open): statuses, households, members,
life events, totals, decisions, certificates. Papers that carry no figure (requests, minutes, postings) stay open.

What was reported is kept with it, byte for byte (`Snapshot`). A figure put right later opens a `Correction`, and ends
in a new version; the old one stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from json import loads
from typing import Any
from zlib import compress

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.timezone import now

from households.models import ClosedYear, Correction, Snapshot, SnapshotFile
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User

FIRST = 2022  # of the standards the portal holds


@dataclass(frozen=True)
class File:
    """A workbook to be kept. `form` 0 is the whole set."""

    form: int
    name: str
    data: bytes


@dataclass(frozen=True)
class Frozen:
    """Everything reported of a ward and year: `content` as `households.reports.frozen` writes it (JSON), and the files."""

    content: bytes
    files: tuple[File, ...]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over a line for the content and one for each file."""
        return digest(
            sha256(self.content).hexdigest(),
            [(each.form, sha256(each.data).hexdigest()) for each in self.files],
        )


# Gives what is to be kept of a ward and year as the database has it now; None where there is nothing to report.
Freeze = Callable[[Area, int], Frozen | None]


def digest(content: str, files: list[tuple[int, str]]) -> str:
    """Of the SHA-256 of the content and those of the files (form, SHA-256)."""
    lines = [f"content {content}\n", *(f"{form} {one}\n" for form, one in sorted(files))]
    return sha256("".join(lines).encode()).hexdigest()


def close_year(*, by: User, ward: Area, year: int, reason: str, today: date, freeze: Freeze) -> ClosedYear:
    """Close `year` of the ward, and with it every year before; what was reported of them is kept."""
    if year >= today.year:
        raise ValidationError(f"Năm {year} chưa hết nên chưa khoá sổ được; khoá sau ngày 31/12/{year}.")
    with kept():
        _hold(ward)
        if ClosedYear.objects.covers(ward, year):
            raise ValidationError(f"Năm {year} đã khoá sổ.")
        if Correction.objects.filter(ward=ward, outcome="").exists():
            raise ValidationError(
                "Đang mở đính chính một năm đã khoá. Chốt hoặc bỏ lần đính chính đó rồi khoá sổ."
            )
        closed = ClosedYear.objects.create(ward=ward, year=year, reason=reason.strip(), closed_by=by)
        events.record(
            by=by, act="year.close", on=closed, after=events.snapshot(closed), area=ward, reason=closed.reason
        )
        for each in range(FIRST, year + 1):
            if not Snapshot.objects.filter(ward=ward, year=each).exists() and (found := freeze(ward, each)):
                _keep(by, ward, each, found, version=1, reason=closed.reason)
    return closed


def open_correction(*, by: User, ward: Area, year: int, reason: str, document: str) -> Correction:
    """Open a closed year, and those after it, for a figure to be put right. What was kept stays."""
    with kept():
        _hold(ward)
        made = Correction.objects.create(
            ward=ward, year=year, reason=reason.strip(), document=document.strip(), opened_by=by
        )
        events.record(
            by=by, act="correction.open", on=made, after=events.snapshot(made), area=ward, reason=made.reason
        )
    return made


def keep_correction(*, by: User, correction: Correction, freeze: Freeze) -> list[Snapshot]:
    """Close the years again. Every year whose report differs from its last version gets a new one that cites why."""
    with kept():
        locked = _open(correction)
        found = _changed(locked, freeze)
        if not found:
            raise ValidationError(
                "Chưa có số nào khác phiên bản đã chốt nên không có phiên bản mới. Sửa số liệu trước, hoặc bỏ lần đính chính này."
            )
        kept_now = [
            _keep(by, locked.ward, year, frozen, version=last + 1, reason=locked.reason, correction=locked)
            for year, last, frozen in found
        ]
        _end(by, locked, Correction.Outcome.KEPT)
    return kept_now


def drop_correction(*, by: User, correction: Correction, freeze: Freeze) -> Correction:
    """Close the years again where nothing was changed."""
    with kept():
        locked = _open(correction)
        if changed := _changed(locked, freeze):
            years = ", ".join(str(year) for year, _, _ in changed)
            raise ValidationError(
                f"Số liệu năm {years} đã khác phiên bản đã chốt, nên không bỏ được: chốt phiên bản mới, hoặc sửa trả lại như cũ."
            )
        return _end(by, locked, Correction.Outcome.DROPPED)


def _hold(ward: Area) -> None:
    """Whoever writes into a year holds the ward's row: wait for them, and let the next ones see what becomes of it."""
    Area.objects.select_for_update().get(pk=ward.pk)


def _open(correction: Correction) -> Correction:
    _hold(correction.ward)
    found = Correction.objects.select_for_update(of=("self",)).select_related("ward").get(pk=correction.pk)
    if found.outcome:
        raise ValidationError(f"Lần đính chính này đã xong: {found.get_outcome_display().lower()}.")
    return found


def _changed(correction: Correction, freeze: Freeze) -> list[tuple[int, int, Frozen]]:
    """(year, last version, what is to be kept) of each year whose report is another than its last version."""
    last = ClosedYear.objects.filter(ward=correction.ward).aggregate(Max("year"))["year__max"]
    found = []
    for year in range(correction.year, last + 1):
        newest = Snapshot.objects.filter(ward=correction.ward, year=year).order_by("-version").first()
        frozen = freeze(correction.ward, year)
        if frozen and (newest is None or _figures(newest.text) != _figures(frozen.content)):
            found.append((year, newest.version if newest else 0, frozen))
    return found


def _figures(content: bytes) -> dict[str, Any]:
    """What a version says, without the words on its forms and the names of places: those correct no figure."""
    return {key: value for key, value in loads(content).items() if key not in {"words", "names"}}


def _keep(
    by: User,
    ward: Area,
    year: int,
    frozen: Frozen,
    *,
    version: int,
    reason: str,
    correction: Correction | None = None,
) -> Snapshot:
    made = Snapshot.objects.create(
        ward=ward, year=year, version=version, reason=reason, correction=correction, content=compress(frozen.content, level=9),
        digest=frozen.digest, made_by=by,
    )  # fmt: skip
    SnapshotFile.objects.bulk_create(
        SnapshotFile(
            snapshot=made,
            form=each.form,
            name=each.name,
            data=each.data,
            sha256=sha256(each.data).hexdigest(),
        )
        for each in frozen.files
    )
    events.record(
        by=by,
        act="snapshot.keep",
        on=made,
        after={"year": year, "version": version, "digest": made.digest},
        area=ward,
        reason=reason,
    )
    return made


def _end(by: User, correction: Correction, outcome: str) -> Correction:
    correction.outcome, correction.ended_by, correction.ended_at = outcome, by, now()
    correction.save(update_fields=["outcome", "ended_by", "ended_at"])
    events.record(
        by=by, act="correction.end", on=correction, after={"outcome": outcome}, area=correction.ward
    )
    return correction
