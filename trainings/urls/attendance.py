"""Attendance: pages of a course's sessions, and the door."""

from django.urls import path, register_converter

from trainings.views.attendance import door, marking, papers, sessions


class CodeConverter:
    """A code as printed in a QR; phones may send it in capitals."""

    regex = "[0-9A-Za-z]{16}"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "trainee_code")
OF_SESSION = "<int:pk>/diem-danh/buoi/<int:session>/"

urlpatterns = [
    path("<int:pk>/diem-danh/", sessions.attendance, name="attendance"),
    path("<int:pk>/diem-danh/hoc-vien/", sessions.attendance_trainees, name="attendance_trainees"),
    path("<int:pk>/diem-danh/the/", papers.trainee_cards, name="trainee_cards"),
    path(OF_SESSION, marking.session_attendance, name="session_attendance"),
    path(f"{OF_SESSION}ghi/", marking.session_marks, name="session_marks"),
    path(f"{OF_SESSION}hoc-ghep/", marking.session_guests, name="session_guests"),
    path(f"{OF_SESSION}vet-sua/", sessions.session_changes, name="session_changes"),
    path(f"{OF_SESSION}chot/", sessions.session_close, name="session_close"),
    path(f"{OF_SESSION}mo-lai/", sessions.session_reopen, name="session_reopen"),
    path(f"{OF_SESSION}to-giay/", papers.session_sheet, name="session_sheet"),
    path(f"{OF_SESSION}to-ky/", papers.session_workbook, name="session_workbook"),
    path(f"{OF_SESSION}nhap-giay/", papers.session_paper, name="session_paper"),
    path("cua/", door.door, name="door"),
    path("cua/buoi/", door.door_choose, name="door_choose"),
    path("cua/<trainee_code:code>/", door.door_check, name="door_check"),
]
