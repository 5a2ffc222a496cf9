"""Points tables for tests. Openly synthetic: no number here is the law's (the law's tables are not known)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from households.actions import points as actions
from households.models import PointsTable as Stored
from households.poverty.points import Effect, Item, ItemKind, PointsOption, PointsTable, to_content
from tests.factories import make_user

SYNTHETIC = "Bảng điểm GIẢ dùng để kiểm thử"

ITEMS = (
    Item(
        "1", "size", "I. Hộ (giả)", "Số người trong hộ (giả)", ItemKind.SINGLE, None,
        (PointsOption("few", "Ít người", 40, 30), PointsOption("many", "Đông người", 10, 5)),
    ),
    Item(
        "2", "things", "II. Đồ dùng (giả)", "Hộ có những thứ nào (giả)", ItemKind.MULTI, 50,
        (
            PointsOption("lamp", "Đèn thần", 20, 25),
            PointsOption("carpet", "Thảm bay", 30, 35),
            PointsOption("debt", "Lời nguyền", -15, -10),
        ),
    ),
    Item(
        "3", "dragons", "II. Đồ dùng (giả)", "Số con rồng (giả)", ItemKind.COUNT, 100,
        (PointsOption("unit", "con", 35, 45),),
    ),
)  # fmt: skip

QUESTIONS = (
    Item(
        "1", "palace", "", "Hộ có lâu đài không (giả)", ItemKind.SINGLE, None,
        (PointsOption("yes", "Có lâu đài", effect=Effect.STOP), PointsOption("no", "Không có lâu đài")),
    ),
    Item(
        "2", "spells", "", "Hộ gặp những gì (giả)", ItemKind.MULTI, None,
        (PointsOption("flood", "Lũ phép", effect=Effect.GO_ON), PointsOption("calm", "Yên lành")),
    ),
)  # fmt: skip

TABLE = PointsTable("synthetic", SYNTHETIC, "nguồn giả", ITEMS)
CHECK = PointsTable("synthetic-check", "Phiếu A GIẢ dùng để kiểm thử", "nguồn giả", QUESTIONS)

# Urban: 40 + min(20 + 30, 50) + 35 × 2 = 160, poor where three indicators lack. Rural: 30 + 50 + 90 = 170.
ANSWERS = {"size": "few", "things": ["lamp", "carpet"], "dragons": 2}


def make_table(
    items: tuple[Item, ...] = ITEMS, kind: str = "income_points", active_from: date | None = None, **more
) -> Stored:
    """A synthetic table as loaded by an admin; with a day, activated by a supervisor."""
    given = {
        "standard_id": "2022-2026",
        "title": SYNTHETIC,
        "source": "nguồn giả, trang 0",
        "file_name": "gia.xlsx",
        **more,
    }
    table = actions.load_table(by=make_user("admin"), kind=kind, content=to_content(items), **given)
    if active_from:
        at = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        actions.activate_table(by=make_user("supervisor"), table=table, active_from=active_from, at=at)
        table.refresh_from_db()
    return table
