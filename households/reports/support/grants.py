"""What a household was given and received, for its story; what was given and not received, for the morning."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from households.models import Household, Receipt, Support
from households.models.support.supports import UNRECEIVED_DAYS
from households.reports.support.entries import DONE, GIVEN, RECEIVED, Entry, Teller, by_key
from thanhsen import vietnamese
from thanhsen.gathering import Rows
from thanhsen.models import User
from thanhsen.waiting import Asked


def waiting(user: User, today: date) -> list[Asked]:
    """Supports in force for more than a month of which nothing was received yet."""
    text = f"Đã giao và vào kỳ hưởng hơn {UNRECEIVED_DAYS} ngày, chưa ghi nhận lần nào"
    rows = Support.objects.visible_to(user).unreceived(today)
    return [Asked(text, rows, reverse("support_unreceived"))]


def _story(household: Household, supports: Sequence[Support], receipts: Sequence[Receipt]) -> list[Entry]:
    """Given, received, stopped, taken out, each on its day."""
    page = reverse("support_list", args=[household.pk])
    told = []
    received = by_key(receipts, "support_id")
    for each in supports:
        whom = f" ({each.member.full_name})" if each.member else ""
        void = f"Đã bỏ: {each.void_reason}." if each.voided_at else ""
        if each.programme_id:
            until = f" đến trước {each.valid_to:%d/%m/%Y}" if each.valid_to else ""
            text = f"{each.get_policy_display()}, từ {each.valid_from:%d/%m/%Y}{until}. {each.reason}".strip()
            told.append(
                Entry(each.valid_from, "support", f"Được giao: {each.content}{whom}", f"{text} {void}".strip(), page, bool(void),
                      GIVEN, f"Được giao: {each.content}", each.member.full_name if each.member else "")
            )  # fmt: skip
        for receipt in received[each.pk]:
            struck = void or (f"Đã bỏ: {receipt.void_reason}." if receipt.voided_at else "")
            money = f"{vietnamese.number(receipt.amount)} đồng. " if receipt.amount is not None else ""
            told.append(
                Entry(receipt.received_on, "support", f"Nhận: {each.content}{whom}", f"{money}{receipt.note} {struck}".strip(), page, bool(struck),
                      RECEIVED, f"Nhận: {each.content}", each.member.full_name if each.member else "")
            )  # fmt: skip
        if each.stopped_on:
            told.append(
                Entry(
                    each.stopped_on,
                    "support",
                    f"Thôi hưởng: {each.content}{whom}",
                    each.stop_reason,
                    page,
                    rank=DONE,
                )
            )
    return told


STORY = Teller(
    asks=lambda household: [
        Rows(
            household.supports.order_by("pk"),
            (
                "content",
                "policy",
                "programme",
                "reason",
                "stop_reason",
                "stopped_on",
                "valid_from",
                "valid_to",
                "void_reason",
                "voided_at",
                "member__full_name",
            ),
        ),
        Rows(
            Receipt.objects.filter(support__household=household).order_by("received_on", "pk"),
            ("amount", "note", "received_on", "support", "void_reason", "voided_at"),
        ),
    ],
    tells=_story,
)
