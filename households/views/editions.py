"""Which figures a page asks for: the form, year, area, and the edition they come from."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate

from households.models import Snapshot, SnapshotFile
from households.reports import FORMS, Basis, Edition, Kept, edition_of, ward_of
from households.reports.forms import Form
from households.reports.rows import GROUP_NAMES
from thanhsen.models import Area, AreaKind, User
from thanhsen.permissions import Permission, Role


@dataclass(frozen=True)
class Asked:
    """What a page was asked for. `area`: a ward or a tổ dân phố of the reader's."""

    form: Form
    year: int
    area: Area
    edition: Edition

    @property
    def snapshot(self) -> Snapshot | None:
        return self.edition.snapshot if isinstance(self.edition, Kept) else None

    @property
    def version(self) -> int | None:
        return self.snapshot.version if self.snapshot else None

    @property
    def query(self) -> str:
        """What the links of the page carry on, beginning with ? where there is anything."""
        given = {"loai": "so-bo"} if self.edition.basis is Basis.PRELIMINARY else {}
        if self.snapshot:
            given["phien-ban"] = str(self.snapshot.version)
        return f"?{urlencode(given)}" if given else ""

    def shown(self, user: User) -> dict[str, Any]:
        """What every page of a report shows, and where its numbers lead for this reader."""
        opens = totals = ""
        if user.may(Permission.VIEW_HOUSEHOLDS) and not self.form.is_list:
            opens = reverse("report_households", args=[self.form.number, self.year, self.area.pk])
        if user.may(Permission.ENTER_TOTALS) and self.snapshot is None:
            totals = reverse("totals", args=[self.year])
        return {
            "opens": opens,
            "totals": totals,
            "carry": mark_safe(self.query.replace("?", "&amp;")),  # noqa: S308 - our own words, encoded
            "form": self.form,
            "year": self.year,
            "area": self.area,
            "snapshot": self.snapshot,
            "preliminary": self.edition.basis is Basis.PRELIMINARY,
            # Until the year is over and decided, the list of the day stands for its end.
            "unfinished": self.snapshot is None and self.year >= localdate().year,
            "query": self.query,
        }

    def kept_file(self, form: int) -> SnapshotFile | None:
        """The workbook of the whole ward as it was kept; None where it has to be made."""
        if self.snapshot is None or self.area.is_group:
            return None
        return self.snapshot.files.filter(form=form).first()

    def line_name(self, place: str) -> str:
        """The line of a form as it is called on the screen."""
        names = {kind.value: name for kind, name in GROUP_NAMES.items()}
        names |= {str(unit.id): unit.name for unit in self.edition.scope(self.area).units}
        return names.get(place, self.area.name)


def ask(request, form: int, year: int, area_id: int) -> Asked:
    """What the address asks for; 404 for a form, an area or a version that is not there for this reader."""
    if form not in FORMS:
        raise Http404
    area = find_area(request, area_id)
    edition = find_edition(request, area, year)
    return Asked(edition.form(FORMS[form]), year, area, edition)


def find_area(request, area_id: int) -> Area:
    return get_object_or_404(reported(request.user).select_related("parent__parent"), pk=area_id)


def reported(user: User) -> QuerySet[Area]:
    """The wards and tổ dân phố a user may have reports of. Who may see no count under 5 has a tổ dân phố only where its
    ward is not theirs: what the ward's form withholds there would stand on the form of the tổ dân phố."""
    found = Area.objects.visible_to(user).exclude(kind=AreaKind.PROVINCE)
    if user.role == Role.VIEWER:
        found = found.exclude(parent__in=Area.objects.visible_to(user).filter(kind=AreaKind.WARD))
    return found


def find_edition(request, area: Area, year: int) -> Edition:
    basis = Basis.PRELIMINARY if request.GET.get("loai") == "so-bo" else Basis.OFFICIAL
    version = request.GET.get("phien-ban", "")
    if version and not (version.isascii() and version.isdigit() and len(version) < 4):
        raise Http404
    try:
        return edition_of(ward_of(area), year, basis=basis, version=int(version) if version else None)
    except LookupError:
        raise Http404 from None
