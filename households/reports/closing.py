"""What is still open in a year of a ward: looked at before its books are closed."""

from dataclasses import dataclass

from households.models import Request, Round, Sheet
from households.models.survey import FINAL
from households.reports.rows import Period, units
from thanhsen.models import Area


@dataclass(frozen=True)
class Open:
    """One thing still open: what, how many, and why it matters."""

    what: str
    count: int
    then: str


def still_open(ward: Area, year: int) -> list[Open]:
    """The checklist of a year, all of it, also what is done (count 0). Four queries."""
    rounds = Round.objects.filter(ward=ward, year__lte=year)
    sheets = Sheet.objects.filter(round__in=rounds, household__closed_date=None).exclude(state__in=FINAL)
    requests = Request.objects.waiting().filter(
        household__area__parent=ward, household__closed_date=None, received_on__lte=Period(year).closing
    )
    missing = sum(each.lacks_total for each in units(ward, Period(year)))
    return [
        Open(
            "Đợt rà soát chưa đóng",
            rounds.filter(closed_at=None).count(),
            "Đóng đợt, hoặc ban hành nốt quyết định.",
        ),
        Open(
            "Phiếu chưa có quyết định",
            sheets.count(),
            "Sau khi khoá, quyết định chỉ đề được ngày của năm sau.",
        ),
        Open(
            "Đơn đề nghị chưa đưa vào đợt nào",
            requests.count(),
            "Đưa vào đợt rà soát thường xuyên kế tiếp.",
        ),
        Open(
            "Tổ dân phố chưa nhập tổng số hộ",
            missing,
            "Sau khi khoá không nhập được nữa, các tỷ lệ của năm sẽ trống.",
        ),
    ]
