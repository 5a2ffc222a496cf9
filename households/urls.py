"""Addresses of the register, the survey, the decisions and the reports."""

from django.urls import path

from households.views import home, life, register, reports, rounds, sheets, totals, years

urlpatterns = [
    path("", home.home, name="home"),
    path("ho-gia-dinh/", register.household_list, name="household_list"),
    path("ho-gia-dinh/moi/", register.household_create, name="household_create"),
    path("ho-gia-dinh/<int:pk>/", register.household_detail, name="household_detail"),
    path("ho-gia-dinh/<int:pk>/sua/", register.household_edit, name="household_edit"),
    path("ho-gia-dinh/<int:pk>/thanh-vien/moi/", register.member_create, name="member_create"),
    path("ho-gia-dinh/<int:pk>/lap-phieu/", sheets.sheet_start, name="sheet_start"),
    path("thanh-vien/<int:pk>/sua/", register.member_edit, name="member_edit"),
    path("phieu/", sheets.sheet_list, name="sheet_list"),
    path("phieu/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("phieu/<int:pk>/ghi/", sheets.sheet_edit, name="sheet_edit"),
    path("phieu/<int:pk>/duyet/", sheets.sheet_approve, name="sheet_approve"),
    path("phieu/<int:pk>/tra-lai/", sheets.sheet_return, name="sheet_return"),
    path("dot-ra-soat/", rounds.round_list, name="round_list"),
    path("dot-ra-soat/moi/", rounds.round_create, name="round_create"),
    path("dot-ra-soat/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("dot-ra-soat/<int:pk>/dong/", rounds.round_close, name="round_close"),
    path("dot-ra-soat/<int:pk>/quyet-dinh/", rounds.decision_create, name="decision_create"),
    path("quyet-dinh/", rounds.decision_list, name="decision_list"),
    path("quyet-dinh/<int:pk>/", rounds.decision_detail, name="decision_detail"),
]

urlpatterns += [
    path("tong-so-ho/", totals.totals_now, name="totals_now"),
    path("tong-so-ho/", totals.totals_now, name="totals"),  # without a year, as the navigation asks for it
    path("tong-so-ho/<int:year>/", totals.totals, name="totals"),
    path("bao-cao/", reports.report_index, name="report_index"),
    path("bao-cao/<int:form>/<int:year>/<int:area_id>/", reports.report_form, name="report_form"),
    path(
        "bao-cao/<int:form>/<int:year>/<int:area_id>/tai-ve/", reports.report_download, name="report_download"
    ),
]

urlpatterns += [
    path("ho-gia-dinh/<int:pk>/su-kien/", life.life_list, name="life_list"),
    path("ho-gia-dinh/<int:pk>/su-kien/<slug:slug>/", life.life_create, name="life_create"),
    path("su-kien/<int:pk>/huy/", life.life_undo, name="life_undo"),
    path("khoa-so/", years.year_list, name="year_list"),
    path("khoa-so/<int:ward>/<int:year>/", years.year_close, name="year_close"),
]
