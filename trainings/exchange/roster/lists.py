"""The roster as its page and its file hold it."""

from datetime import date

from django.shortcuts import get_object_or_404

from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.permissions import Permission
from thanhsen.vietnamese import day
from trainings.models import Course, Trainee, Unit
from trainings.reports.roster.people import classes_of, narrowed

UNPLACED = "chua"


def find_trainees(request, *, today: date, pk: int) -> Found:
    """The trainees of a course, by given name."""
    course = get_object_or_404(Course.objects.governed_by(request.user).select_related("ward"), pk=pk)
    text, state, group = typed(request, "q"), typed(request, "trang-thai"), typed(request, "nhom")
    unit, held = key(request, "don-vi"), key(request, "lop")
    unplaced = typed(request, "lop") == UNPLACED
    classes = list(classes_of(course))
    units = list(Unit.objects.filter(ward=course.ward_id).in_order())
    records = narrowed(
        course, text=text, state=state, group=group, unit=unit, training_class=held, unplaced=unplaced
    )
    shown = {
        "course": course, "text": text, "state": state, "group": group, "unit": unit, "held": held,
        "unplaced": unplaced, "classes": classes, "units": units, "states": Trainee.State.choices,
        "groups": Trainee.Group.choices,
    }  # fmt: skip
    named = dict(Trainee.State.choices)
    asked = [
        ("Có chữ", text),
        ("Trạng thái", named.get(state) or "còn trong khoá"),
        ("Nhóm", dict(Trainee.Group.choices).get(group)),
        ("Đơn vị", next((each.name for each in units if each.pk == unit), "đơn vị khác") if unit else ""),
        ("Lớp", "chưa xếp" if unplaced else next((each.name for each in classes if each.pk == held), "")),
    ]
    return Found(records, asked, str(course), shown)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "Có" if value else "Không"


TRAINEES = List(
    title="Danh sách học viên",
    file="hoc-vien",
    act="roster.export",
    permission=Permission.MANAGE_COURSES,
    of=Trainee,
    unit="học viên",
    columns=(
        Column("Họ và tên", lambda each: each.full_name, 28),
        Column("Ngày, năm sinh", lambda each: day(each.birth_date) or str(each.birth_year or ""), 13),
        Column("Giới tính", lambda each: each.get_sex_display(), 9),
        Column("Dân tộc", lambda each: each.ethnicity, 11),
        Column("Chức vụ", lambda each: each.get_position_display(), 26),
        Column("Chức vụ, ghi rõ", lambda each: each.position_note, 26),
        Column("Đơn vị", lambda each: each.unit.name, 28),
        Column("Nhóm", lambda each: each.get_group_display(), 13),
        Column("Hưởng lương NSNN", lambda each: _yes_no(each.is_salaried), 11),
        Column("Điện thoại", lambda each: each.phone, 13),
        Column("Lớp", lambda each: str(each.training_class or ""), 14),
        Column("Trạng thái", lambda each: each.get_state_display(), 16),
        Column("Thôi học ngày", lambda each: each.withdrawn_on, 13, Kind.DAY),
        Column("Lý do thôi học", lambda each: each.withdraw_reason, 28),
        Column("Ghi chú", lambda each: each.note, 28),
    ),
    find=find_trainees,
)
