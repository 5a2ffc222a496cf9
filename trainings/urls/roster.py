"""The roster: people, units, classes, files, versions."""

from django.urls import path

from thanhsen.views.lists import export_of
from trainings.exchange.roster.lists import TRAINEES
from trainings.views.roster import classes, imports, people, units, versions

OF_COURSE = "<int:pk>/hoc-vien/"
OF_FILE = "tep-hoc-vien/<int:pk>/"

urlpatterns = [
    path(OF_COURSE, people.roster, name="roster"),
    path(f"{OF_COURSE}xuat/", export_of(TRAINEES), name="roster_export"),
    path(f"{OF_COURSE}them/", people.trainee_add, name="trainee_add"),
    path(f"{OF_COURSE}tu-tai-khoan/", people.trainee_from_users, name="trainee_from_users"),
    path("hoc-vien/<int:pk>/", people.trainee_detail, name="trainee_detail"),
    path("hoc-vien/<int:pk>/sua/", people.trainee_edit, name="trainee_edit"),
    path("hoc-vien/<int:pk>/thoi-hoc/", people.trainee_withdraw, name="trainee_withdraw"),
    path("hoc-vien/<int:pk>/thay/", people.trainee_replace, name="trainee_replace"),
    path("hoc-vien/<int:pk>/hoc-lai/", people.trainee_return, name="trainee_return"),
    path("hoc-vien/<int:pk>/doi-ma/", people.trainee_code, name="trainee_code"),
    path(f"{OF_COURSE}chia-lop/", classes.roster_split, name="roster_split"),
    path(f"{OF_COURSE}chuyen-lop/", classes.trainee_move, name="trainee_move"),
    path(f"{OF_COURSE}cho-cho/", classes.roster_waiting, name="roster_waiting"),
    path(f"{OF_COURSE}cho-cho/goi/", classes.roster_call, name="roster_call"),
    path(f"{OF_COURSE}don-vi/", units.roster_units, name="roster_units"),
    path("don-vi/", units.unit_list, name="unit_list"),
    path("don-vi/moi/", units.unit_add, name="unit_add"),
    path("don-vi/tu-to-dan-pho/", units.units_of_groups, name="units_of_groups"),
    path("don-vi/<int:pk>/sua/", units.unit_edit, name="unit_edit"),
    path("don-vi/<int:pk>/thoi-dung/", units.unit_end, name="unit_end"),
    path(f"{OF_COURSE}quyet-dinh/", versions.roster_versions, name="roster_versions"),
    path(f"{OF_COURSE}quyet-dinh/moi/", versions.roster_freeze, name="roster_freeze"),
    path("danh-sach-quyet-dinh/<int:pk>/", versions.roster_version, name="roster_version"),
    path(f"{OF_COURSE}tu-tep/", imports.roster_imports, name="roster_imports"),
    path(f"{OF_COURSE}tu-tep/mau/", imports.roster_template, name="roster_template"),
    path(OF_FILE, imports.roster_import, name="roster_import"),
    path(f"{OF_FILE}ghep-cot/", imports.roster_match, name="roster_match"),
    path(f"{OF_FILE}tra-loi/", imports.roster_answer, name="roster_answer"),
    path(f"{OF_FILE}them-don-vi/", imports.roster_missing_units, name="roster_missing_units"),
    path(f"{OF_FILE}chon/", imports.roster_choose, name="roster_choose"),
    path(f"{OF_FILE}so-lai/", imports.roster_again, name="roster_again"),
    path(f"{OF_FILE}ghi/", imports.roster_commit, name="roster_commit"),
    path(f"{OF_FILE}hoan-tac/", imports.roster_undo, name="roster_undo"),
    path(f"{OF_FILE}danh-dau/", imports.roster_returned, name="roster_returned"),
    path(f"{OF_FILE}bo/", imports.roster_drop, name="roster_drop"),
]
