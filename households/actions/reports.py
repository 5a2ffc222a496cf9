"""A report that leaves the portal, and the words on its forms."""

from collections.abc import Mapping

from households.models import FormWording
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def record_export(
    *,
    by: User,
    form: int,
    name: str,
    year: int,
    area: Area,
    basis: str,
    version: int | None,
    failures: list[str],
    restricted: bool = False,
    reason: str = "",
) -> None:
    """Who took which form of which year and area away, and the cells whose checks failed when they did. `form` 0 is the
    whole set, `version` that of a closed year."""
    events.record(
        by=by,
        act="report.export",
        on=area,
        after={
            "form": form,
            "name": name,
            "year": year,
            "basis": basis,
            "version": version,
            "failing_cells": failures,
            "small_counts_hidden": restricted,
        },
        area=area,
        reason=reason,
    )


def record_profile(*, by: User, year: int, area: Area, rows: int, reason: str) -> None:
    """Who took the profile of a year away: one line a household, nobody named."""
    events.record(
        by=by, act="measures.export", on=area, after={"year": year, "rows": rows}, area=area, reason=reason
    )


def record_comparison(*, by: User, first: int, second: int, area: Area, restricted: bool) -> None:
    """Who took the movement between two years of which area away."""
    events.record(
        by=by,
        act="report.export",
        on=area,
        after={"name": "Biến động giữa hai năm", "years": [first, second], "small_counts_hidden": restricted},
        area=area,
    )


def record_outcomes(*, by: User, year: int, area: Area, restricted: bool) -> None:
    """Who took the tables of what help led to, of which area and year, away."""
    events.record(
        by=by,
        act="report.export",
        on=area,
        after={"name": "Kết quả hỗ trợ", "year": year, "small_counts_hidden": restricted},
        area=area,
    )


def word_form(*, by: User, ward: Area, form: int, texts: Mapping[str, str]) -> FormWording:
    """How the ward words a form (0: every form) from now on; an empty text is as printed. Closed years keep theirs."""
    with kept():
        Area.objects.select_for_update(no_key=True).get(pk=ward.pk)
        row = FormWording.objects.filter(ward=ward, form=form).first() or FormWording(ward=ward, form=form)
        before = events.snapshot(row) if row.pk else None
        for name, text in texts.items():
            setattr(row, name, text.strip())
        row.save()
        events.record(by=by, act="report.word", on=row, before=before, after=events.snapshot(row), area=ward)
    return row
