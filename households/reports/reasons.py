"""Why households left the list between two years, and why they came: counted over the rows of the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Identifier, Literal

from households.models import Cause
from households.models.causes import Shock
from households.poverty import AreaType, DecidedBy, load, standard_ids
from households.poverty.between import BEFORE, LISTED, Stand
from households.reports.matrix import Between, run, stood

POOR, NEAR_POOR = LISTED
NOT_LISTED = tuple(each for each in BEFORE if each not in LISTED)
DEPARTED = (Stand.ELSEWHERE, Stand.DIED, Stand.MERGED, Stand.OTHER)


@dataclass(frozen=True)
class Group:
    """Households that moved alike: the cells of the matrix they are in."""

    code: str
    label: str
    before: tuple[Stand, ...]
    after: tuple[Stand, ...]

    @property
    def where(self) -> Composable:
        return stood(self.before, self.after)


@dataclass(frozen=True)
class Reason:
    """What is counted of a group; `where` is over `explained`."""

    code: str
    label: str
    where: Composable
    after: Stand | None = None  # where the reason is a column of the matrix, which one


@dataclass(frozen=True)
class Section:
    """One table: groups across, reasons down. `apart`: every household has exactly one of the reasons."""

    title: str
    note: str
    groups: tuple[Group, ...]
    reasons: tuple[Reason, ...]
    apart: bool


ROSE = (
    Group("thoat_ngheo", "Thoát nghèo", (POOR,), (NEAR_POOR, Stand.AVERAGE, Stand.NOT_POOR, Stand.UNCLASSED)),
    Group(
        "thoat_can_ngheo", "Thoát cận nghèo", (NEAR_POOR,), (Stand.AVERAGE, Stand.NOT_POOR, Stand.UNCLASSED)
    ),
)
WENT = (
    Group("ngheo_khac", "Hộ nghèo", (POOR,), DEPARTED),
    Group("can_ngheo_khac", "Hộ cận nghèo", (NEAR_POOR,), DEPARTED),
)
CAME = (
    Group("vao_ngheo", "Vào hộ nghèo", NOT_LISTED, (POOR,)),
    Group("roi_xuong", "Từ cận nghèo xuống nghèo", (NEAR_POOR,), (POOR,)),
    Group("vao_can_ngheo", "Vào hộ cận nghèo", NOT_LISTED, (NEAR_POOR,)),
)
GROUPS = {each.code: each for each in (*ROSE, *WENT, *CAME)}

# o_, c_income: whether the survey behind the status found income at or under the line of poverty, NULL: not known.
# surveyed: what it lacked is known of both days; an old decision without a sheet says nothing of it.
# entered: the status with which the household came to the class it has, its first after the first day.
_EXPLAINED = SQL("""
explained AS (
    SELECT pairs.*, {o_income} AS o_under, {c_income} AS c_under,
           COALESCE((o_score IS NOT NULL OR o_lacking <> '{{}}') AND (c_score IS NOT NULL OR c_lacking <> '{{}}'), false)
               AS surveyed,
           entered.causes, entered.main_cause, entered.shocks
      FROM pairs
      LEFT JOIN households_score o_score_row ON o_score_row.id = pairs.o_score
      LEFT JOIN households_score c_score_row ON c_score_row.id = pairs.c_score
      LEFT JOIN LATERAL (
           SELECT s.causes, s.main_cause, s.shocks FROM held s
            WHERE s.household_id = pairs.household_id AND s.classification = pairs.after
              AND s.valid_from > %(first)s AND s.valid_from <= %(second)s
            ORDER BY s.valid_from LIMIT 1) AS entered ON true
     WHERE {moved}
)""")
_COUNTS = SQL("WITH {held}, {pairs}, {explained} SELECT {columns} FROM explained")
_BEHIND = SQL("WITH {held}, {pairs}, {explained} SELECT household_id FROM explained WHERE {where}")


def sections(between: Between) -> tuple[Section, ...]:
    """The tables of a comparison. Indicators are those that both standards have."""
    old, new = between.standards
    common = [each for each in new.indicators if each.code in old.codes]
    gone = {
        Stand.ELSEWHERE: "Chuyển đi nơi khác",
        Stand.DIED: "Hộ đơn thân chết",
        Stand.MERGED: "Nhập với hộ khác",
        Stand.OTHER: "Ghi trùng, ghi nhầm",
    }
    return (
        Section(
            "Chỉ số không còn thiếu hụt", "Một hộ có thể có nhiều chỉ số.", ROSE,
            _stopped([(each.code, each.name) for each in common]), apart=False,
        ),
        Section(
            "Thu nhập so với mức chuẩn nghèo", "Theo phiếu của hai lần quyết định, mỗi phiếu theo chuẩn của nó.", ROSE,
            _INCOME, apart=True,
        ),
        Section(
            "Ra khỏi danh sách vì lý do khác", "Không tính là thoát nghèo, thoát cận nghèo.", WENT,
            tuple(_whereabouts(each, label) for each, label in gone.items()), apart=True,
        ),
        Section(
            "Nguyên nhân chính", "Ghi trong phiếu của quyết định đưa hộ vào loại này.", CAME,
            (*(_main(each) for each in Cause), _UNWRITTEN), apart=True,
        ),
        Section(
            "Mọi nguyên nhân", "Một hộ có thể có nhiều nguyên nhân.", CAME,
            tuple(_has("nguyen_nhan", "causes", each) for each in Cause), apart=False,
        ),
        Section(
            "Biến cố", "Một hộ có thể gặp nhiều biến cố, hoặc không gặp.", CAME,
            tuple(_has("cu_soc", "shocks", each) for each in Shock), apart=False,
        ),
    )  # fmt: skip


def _stopped(codes: Sequence[tuple[str, str]]) -> tuple[Reason, ...]:
    """One reason for each indicator (code, name); then who stopped lacking none of them, and who cannot be compared."""
    lost = {
        code: SQL("({0} = ANY(o_lacking) AND {0} <> ALL(c_lacking))").format(Literal(code))
        for code, _ in codes
    }
    none = SQL("surveyed AND NOT ({})").format(SQL(" OR ").join(lost.values()))
    return (
        *(Reason(f"chi_so-{code}", name, SQL("surveyed AND {}").format(lost[code])) for code, name in codes),
        Reason("chi_so-khong", "Không bớt chỉ số nào", none),
        Reason("chi_so-", "Không đủ hai phiếu để so", SQL("NOT surveyed")),
    )


def _whereabouts(stand: Stand, label: str) -> Reason:
    return Reason(f"ra-{stand.value}", label, SQL("after = {}").format(Literal(stand.value)), stand)


def _main(cause: Cause) -> Reason:
    where = SQL("main_cause = {}").format(Literal(cause.value))
    return Reason(f"nguyen_nhan_chinh-{cause.value}", str(cause.label), where)


def _has(kind: str, column: str, choice: Cause | Shock) -> Reason:
    where = SQL("{} = ANY({})").format(Literal(choice.value), Identifier(column))
    return Reason(f"{kind}-{choice.value}", str(choice.label), where)


_INCOME = (
    Reason("thu_nhap-vuot", "Trước chưa vượt, nay đã vượt", SQL("o_under AND NOT c_under")),
    Reason("thu_nhap-chua", "Vẫn chưa vượt: bớt thiếu hụt mà ra", SQL("o_under AND c_under")),
    Reason("thu_nhap-truoc", "Trước cũng đã vượt", SQL("NOT o_under AND c_under IS NOT NULL")),
    Reason("thu_nhap-thieu", "Không đủ hai phiếu để so", SQL("(o_under IS NULL OR c_under IS NULL)")),
)
_UNWRITTEN = Reason("nguyen_nhan_chinh-", "Chưa ghi nguyên nhân chính", SQL("COALESCE(main_cause, '') = ''"))


def _under(row: str) -> Composable:
    """Whether a score found income at or under the line of poverty of its own standard and area."""
    cases = []
    for standard in map(load, standard_ids()):
        for area_type in AreaType:
            line = standard.line(area_type)
            by_score = standard.decided_by is DecidedBy.INCOME_SCORE
            column, bound = (
                ("income_score", line.score_cutoff) if by_score else ("per_capita_income", line.poor_line)
            )
            cases.append(
                SQL("WHEN {0}.standard_id = {1} AND {0}.area_type = {2} THEN {0}.{3} <= {4}").format(
                    Identifier(row),
                    Literal(standard.id),
                    Literal(area_type.value),
                    Identifier(column),
                    Literal(bound),
                )
            )
    return SQL("CASE {} END").format(SQL(" ").join(cases))


def counts(between: Between, wanted: Sequence[Section]) -> Mapping[tuple[str, str], int]:
    """(group, reason) → households; the reason "" is the whole group. One query."""
    keys: list[tuple[str, str]] = []
    columns: list[Composable] = []
    for section in wanted:
        for group in section.groups:
            for code, where in [("", SQL("true")), *((each.code, each.where) for each in section.reasons)]:
                if (group.code, code) not in keys:
                    keys.append((group.code, code))
                    columns.append(SQL("count(*) FILTER (WHERE {} AND {})").format(group.where, where))
    (row,) = run(between, _COUNTS, explained=_explained(), columns=SQL(", ").join(columns))
    return dict(zip(keys, map(int, row), strict=True))


def households(between: Between, group: Group, reason: Reason | None) -> list[int]:
    """The ids of the households of one number of `counts`, in no order. One query."""
    where = SQL("{} AND {}").format(group.where, reason.where if reason else SQL("true"))
    return [pk for (pk,) in run(between, _BEHIND, explained=_explained(), where=where)]


def _explained() -> Composable:
    moved = SQL(" OR ").join(SQL("({})").format(each.where) for each in GROUPS.values())
    return _EXPLAINED.format(o_income=_under("o_score_row"), c_income=_under("c_score_row"), moved=moved)
