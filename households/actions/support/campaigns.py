"""Campaigns of outreach: whom they address, until when, into what they invite."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.support.materials import must_be_of_ward
from households.models import Campaign, Material
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

FIELDS = (
    "name",
    "purpose",
    "starts_on",
    "ends_on",
    "classes",
    "groups",
    "lacking",
    "sides",
    "term_months",
    "programme",
    "project",
)


@once(Campaign)
def create_campaign(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    areas: Sequence[Area] = (),
    materials: Sequence[Material] = (),
    request_id: UUID | None = None,
) -> Campaign:
    """A campaign of `ward` (`values`: FIELDS) in `areas`, tổ dân phố of the user's; in all of them where none is
    given, which is for who has the whole ward."""
    _must_be_own(by, ward.pk, areas)
    must_be_of_ward(materials, ward.pk)
    made = Campaign.objects.create(ward=ward, made_by=by, request_id=request_id, **values)
    made.areas.set(areas)
    made.materials.set(materials)
    events.record(by=by, act="campaign.create", on=made, after=_told(made), area=ward)
    return made


def edit_campaign(
    *,
    by: User,
    campaign: Campaign,
    version: int | None,
    values: dict[str, Any],
    areas: Sequence[Area],
    materials: Sequence[Material],
) -> Campaign:
    """Everything but its ward may change, as long as its days hold what was recorded of it; Stale where somebody else
    saved first."""
    _must_be_own(by, campaign.ward_id, areas)
    must_be_of_ward(materials, campaign.ward_id)
    with kept():
        row = lock(campaign, version)
        before = _told(row)
        for name in FIELDS:
            if name in values:
                setattr(row, name, values[name])
        row.version += 1
        row.save()
        row.areas.set(areas)
        row.materials.set(materials)
        events.record(by=by, act="campaign.edit", on=row, before=before, after=_told(row), area=row.ward_id)
    return row


def _told(campaign: Campaign) -> dict[str, Any]:
    return events.snapshot(campaign) | {
        "areas": list(campaign.areas.in_order().values_list("name", flat=True)),
        "materials": list(campaign.materials.order_by("pk").values_list("title", flat=True)),
    }


def _must_be_own(by: User, ward: int, areas: Sequence[Area]) -> None:
    mine = Area.objects.under(by.area_ids)
    if not areas:
        if not mine.filter(pk=ward).exists():
            raise ValidationError(
                {"areas": "Chọn tổ dân phố được giao cho anh/chị; cả phường thì công chức giảm nghèo mở đợt."}
            )
        return
    own = mine.groups().filter(parent=ward, pk__in=[each.pk for each in areas]).count()
    if own != len({each.pk for each in areas}):
        raise ValidationError(
            {"areas": "Chọn tổ dân phố của một phường, trong địa bàn được giao cho anh/chị."}
        )
