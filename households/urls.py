"""Addresses of the register, the survey, the decisions and the reports."""

from django.urls import path

from households import support_urls
from households.views import (
    alike,
    certificates,
    complaints,
    dashboard,
    decisions,
    documents,
    guidance,
    home,
    imports,
    life,
    listing,
    lists,
    measures,
    meetings,
    movement,
    narrative,
    opinions,
    points,
    practice,
    register,
    report_sets,
    reports,
    rounds,
    sheets,
    standards,
    targets,
    templates,
    totals,
    wording,
    years,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("ho-gia-dinh/", register.household_list, name="household_list"),
    path("ho-gia-dinh/moi/", register.household_create, name="household_create"),
    path("ho-gia-dinh/co-the-trung/", alike.alike_list, name="alike_list"),
    path("ho-gia-dinh/khong-trung/", alike.not_same_list, name="not_same_list"),
    path("ho-gia-dinh/khong-trung/<int:pk>/bo/", alike.not_same_undo, name="not_same_undo"),
    path("ho-gia-dinh/<int:pk>/", register.household_detail, name="household_detail"),
    path("ho-gia-dinh/<int:pk>/sua/", register.household_edit, name="household_edit"),
    path("ho-gia-dinh/<int:pk>/thanh-vien/moi/", register.member_create, name="member_create"),
    path("ho-gia-dinh/<int:pk>/lap-phieu/", sheets.sheet_start, name="sheet_start"),
    path("ho-gia-dinh/thanh-vien/<int:pk>/sua/", register.member_edit, name="member_edit"),
    path("ho-gia-dinh/thanh-vien/<int:pk>/cung-nguoi/<int:kept>/", alike.same_person, name="same_person"),
    path("phieu/", sheets.sheet_list, name="sheet_list"),
    path("phieu/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("phieu/<int:pk>/ghi/", sheets.sheet_edit, name="sheet_edit"),
    path("phieu/<int:pk>/duyet/", sheets.sheet_approve, name="sheet_approve"),
    path("phieu/<int:pk>/tra-lai/", sheets.sheet_return, name="sheet_return"),
    path("dot-ra-soat/", rounds.round_list, name="round_list"),
    path("dot-ra-soat/moi/", rounds.round_create, name="round_create"),
    path("dot-ra-soat/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("dot-ra-soat/<int:pk>/ho/", rounds.round_households, name="round_households"),
    path("dot-ra-soat/<int:pk>/sua/", rounds.round_edit, name="round_edit"),
    path("dot-ra-soat/<int:pk>/lap-danh-sach/", rounds.round_draw, name="round_draw"),
    path("dot-ra-soat/<int:pk>/dong/", rounds.round_close, name="round_close"),
    path("dot-ra-soat/<int:pk>/mo-lai/", rounds.round_reopen, name="round_reopen"),
]

urlpatterns += [  # the steps of the season, in their order
    path("don-de-nghi/", listing.request_list, name="request_list"),
    path("don-de-nghi/<int:pk>/rut/", listing.request_withdraw, name="request_withdraw"),
    path("ho-gia-dinh/<int:pk>/don-de-nghi/", listing.request_create, name="request_create"),
    path("dot-ra-soat/ho/<int:pk>/phieu-a/", listing.quick_check, name="quick_check"),
    path("dot-ra-soat/<int:pk>/hop/<int:area>/", meetings.meeting_create, name="meeting_create"),
    path("dot-ra-soat/hop/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("dot-ra-soat/<int:pk>/niem-yet/<int:area>/", meetings.posting_create, name="posting_create"),
    path("dot-ra-soat/niem-yet/<int:pk>/", meetings.posting_detail, name="posting_detail"),
    path("phieu/<int:pk>/khieu-nai/", complaints.complaint_create, name="complaint_create"),
    path("dot-ra-soat/khieu-nai/<int:pk>/", complaints.complaint_settle, name="complaint_settle"),
    path("dot-ra-soat/<int:pk>/xin-y-kien/", opinions.opinion_create, name="opinion_create"),
    path("dot-ra-soat/xin-y-kien/<int:pk>/", opinions.opinion_detail, name="opinion_detail"),
    path("dot-ra-soat/<int:pk>/quyet-dinh/", decisions.decision_create, name="decision_create"),
    path("quyet-dinh/", decisions.decision_list, name="decision_list"),
    path("quyet-dinh/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("quyet-dinh/<int:pk>/dinh-chinh/", decisions.decision_correct, name="decision_correct"),
    path("quyet-dinh/<int:pk>/cap-giay/", certificates.certificate_issue, name="certificate_issue"),
    path("quyet-dinh/<int:pk>/tra-loi/", certificates.notice_all, name="notice_all"),
    path("giay-chung-nhan/", certificates.certificate_list, name="certificate_list"),
    path("giay-chung-nhan/<int:pk>/cap-lai/", certificates.certificate_reissue, name="certificate_reissue"),
    path("giay-chung-nhan/<int:pk>/thu-hoi/", certificates.certificate_revoke, name="certificate_revoke"),
    path("dot-ra-soat/ho/<int:pk>/tra-loi/", certificates.notice_create, name="notice_create"),
]

urlpatterns += [
    path("huong-dan/", guidance.guidance_index, name="guidance"),
    path("huong-dan/thuat-ngu/", guidance.glossary, name="glossary"),
    path("huong-dan/<slug:key>/", guidance.guidance_step, name="guidance_step"),
]

urlpatterns += [  # practice: what follows thuc-hanh/vai/<account>/ is served by thanhsen.middleware.practise
    path("thuc-hanh/", practice.practice, name="practice"),
    path("thuc-hanh/bat-dau/", practice.practice_start, name="practice_start"),
]

urlpatterns += [
    path("tong-so-ho/", totals.totals_now, name="totals_now"),
    path("tong-so-ho/", totals.totals_now, name="totals"),  # without a year, as the navigation asks for it
    path("tong-so-ho/<int:year>/", totals.totals, name="totals"),
    path("tong-so-ho/<int:year>/dan/", totals.totals_paste, name="totals_paste"),
    path("buc-tranh-giam-ngheo/", dashboard.dashboard, name="dashboard"),
    path("bao-cao/chi-tieu/", targets.target_list, name="target_list"),
    path("bao-cao/chi-tieu/<int:ward>/<int:year>/", targets.target_edit, name="target_edit"),
    path("bao-cao/chi-tieu/<int:ward>/<int:year>/bo/", targets.target_remove, name="target_remove"),
    path("bao-cao/", reports.report_index, name="report_index"),
    path("bao-cao/<int:form>/<int:year>/<int:area_id>/", reports.report_form, name="report_form"),
    path(
        "bao-cao/<int:form>/<int:year>/<int:area_id>/tai-ve/", reports.report_download, name="report_download"
    ),
    path(
        "bao-cao/<int:form>/<int:year>/<int:area_id>/ho/", reports.report_households, name="report_households"
    ),
    path(
        "bao-cao/danh-sach/<int:form>/<int:year>/<int:area_id>/", report_sets.report_list, name="report_list"
    ),
    path("bao-cao/ca-bo/<int:year>/<int:area_id>/", report_sets.report_set, name="report_set"),
    path("bao-cao/do-luong/<int:year>/<int:area_id>/", measures.measures, name="measures"),
    path(
        "bao-cao/do-luong/<int:year>/<int:area_id>/ho/",
        measures.measures_households,
        name="measures_households",
    ),
    path(
        "bao-cao/do-luong/<int:year>/<int:area_id>/ho-so/", measures.measures_profile, name="measures_profile"
    ),
    path("bao-cao/loi-van/", wording.wording_list, name="wording_list"),
    path("bao-cao/loi-van/<int:ward>/<int:form>/", wording.wording_edit, name="wording_edit"),
]

urlpatterns += [
    path("bang-diem/", points.table_list, name="points_list"),
    path("bang-diem/nap/", points.table_load, name="points_load"),
    path("bang-diem/mau/<str:kind>/", points.table_template, name="points_template"),
    path("bang-diem/<int:pk>/", points.table_detail, name="points_detail"),
    path("bang-diem/<int:pk>/tai-ve/", points.table_download, name="points_download"),
    path("bang-diem/<int:pk>/doi-chieu/", points.table_activate, name="points_activate"),
    path("bang-diem/<int:pk>/thu-hoi/", points.table_withdraw, name="points_withdraw"),
    path("dot-ra-soat/<int:pk>/hai-chuan/", standards.two_standards, name="two_standards"),
    path("ho-gia-dinh/<int:pk>/su-kien/", life.life_list, name="life_list"),
    path("ho-gia-dinh/<int:pk>/su-kien/xuat/", lists.life_export, name="life_export"),
    path("ho-gia-dinh/<int:pk>/su-kien/<slug:slug>/", life.life_create, name="life_create"),
    path("ho-gia-dinh/su-kien/<int:pk>/huy/", life.life_undo, name="life_undo"),
    path("khoa-so/", years.year_list, name="year_list"),
    path("khoa-so/<int:ward>/<int:year>/", years.year_close, name="year_close"),
    path("khoa-so/<int:ward>/<int:year>/phien-ban/", years.year_versions, name="year_versions"),
    path(
        "khoa-so/<int:ward>/<int:year>/phien-ban/<int:version>/",
        years.year_differences,
        name="year_differences",
    ),
    path("khoa-so/<int:ward>/<int:year>/dinh-chinh/", years.correction_open, name="correction_open"),
    path("khoa-so/dinh-chinh/<int:pk>/", years.correction_detail, name="correction_detail"),
]

urlpatterns += [  # papers as files, and their templates
    path("dot-ra-soat/hop/<int:pk>/van-ban/", documents.meeting_document, name="meeting_document"),
    path("dot-ra-soat/niem-yet/<int:pk>/van-ban/", documents.posting_document, name="posting_document"),
    path("dot-ra-soat/xin-y-kien/<int:pk>/van-ban/", documents.opinion_document, name="opinion_document"),
    path("quyet-dinh/<int:pk>/van-ban/", documents.decision_document, name="decision_document"),
    path(
        "quyet-dinh/<int:pk>/giay-chung-nhan/pdf/",
        documents.decision_certificates_pdf,
        name="decision_certificates_pdf",
    ),
    path("giay-chung-nhan/<int:pk>/van-ban/", documents.certificate_document, name="certificate_document"),
    path("giay-chung-nhan/<int:pk>/pdf/", documents.certificate_pdf_document, name="certificate_pdf"),
    path("dot-ra-soat/thong-bao/<int:pk>/van-ban/", documents.notice_document, name="notice_document"),
    path(
        "bao-cao/ket-qua-ra-soat/<int:year>/<int:area_id>/",
        narrative.report_narrative,
        name="report_narrative",
    ),
    path("mau-van-ban/", templates.template_list, name="template_list"),
    path("mau-van-ban/<slug:code>/", templates.template_detail, name="template_detail"),
    path("mau-van-ban/<slug:code>/tai-ve/", templates.template_default, name="template_default"),
    path(
        "mau-van-ban/<slug:code>/xem-thu/",
        templates.template_default_preview,
        name="template_default_preview",
    ),
    path("mau-van-ban/da-tai/<int:pk>/tai-ve/", templates.template_file, name="template_file"),
    path("mau-van-ban/da-tai/<int:pk>/xem-thu/", templates.template_preview, name="template_preview"),
    path("mau-van-ban/da-tai/<int:pk>/thoi-dung/", templates.template_withdraw, name="template_withdraw"),
]

urlpatterns += [  # movement between any two years
    path("bao-cao/bien-dong/", movement.movement, name="movement"),
    path(
        "bao-cao/bien-dong/<int:area_id>/<int:first>/<int:second>/ho/",
        movement.movement_households,
        name="movement_households",
    ),
    path(
        "bao-cao/bien-dong/<int:area_id>/<int:first>/<int:second>/tai-ve/",
        movement.movement_download,
        name="movement_download",
    ),
]

urlpatterns += [  # lists as workbooks: the address of the page, with its filters, followed by xuat/
    path("ho-gia-dinh/xuat/", lists.household_export, name="household_export"),
    path("ho-gia-dinh/xuat-so/", lists.register_export, name="register_export"),
    path("phieu/xuat/", lists.sheet_export, name="sheet_export"),
    path("dot-ra-soat/xuat/", lists.round_export, name="round_export"),
    path("dot-ra-soat/<int:pk>/ho/xuat/", lists.listed_export, name="listed_export"),
    path("don-de-nghi/xuat/", lists.request_export, name="request_export"),
    path("quyet-dinh/xuat/", lists.decision_export, name="decision_export"),
    path("quyet-dinh/<int:pk>/xuat/", lists.decided_export, name="decided_export"),
    path("ho-gia-dinh/<int:pk>/ho-tro/xuat/", lists.support_export, name="support_export"),
    path(
        "bao-cao/<int:form>/<int:year>/<int:area_id>/ho/xuat/", reports.counted_export, name="counted_export"
    ),
    path(
        "bao-cao/do-luong/<int:year>/<int:area_id>/ho/xuat/", measures.measured_export, name="measured_export"
    ),
    path(
        "bao-cao/bien-dong/<int:area_id>/<int:first>/<int:second>/ho/xuat/",
        movement.moved_export,
        name="moved_export",
    ),
    path("dot-ra-soat/<int:pk>/hai-chuan/xuat/", standards.compared_export, name="compared_export"),
    path("tong-so-ho/<int:year>/xuat/", lists.total_export, name="total_export"),
    path("giay-chung-nhan/xuat/", lists.certificate_export, name="certificate_export"),
]

urlpatterns += [  # files sent in
    path("nhap-tep/", imports.import_list, name="import_list"),
    path("nhap-tep/mau/<str:kind>/", imports.import_template, name="import_template"),
    path("nhap-tep/moi/<str:kind>/", imports.import_upload, name="import_upload"),
    path("nhap-tep/<int:pk>/", imports.import_detail, name="import_detail"),
    path("nhap-tep/<int:pk>/tien-do/", imports.import_progress, name="import_progress"),
    path("nhap-tep/<int:pk>/ghep-cot/", imports.import_match, name="import_match"),
    path("nhap-tep/<int:pk>/tra-loi/", imports.import_answer, name="import_answer"),
    path("nhap-tep/<int:pk>/so-lai/", imports.import_again, name="import_again"),
    path("nhap-tep/<int:pk>/muc/<int:number>/", imports.import_unit, name="import_unit"),
    path("nhap-tep/<int:pk>/chon/", imports.import_choose, name="import_choose"),
    path("nhap-tep/<int:pk>/ghi/", imports.import_commit, name="import_commit"),
    path("nhap-tep/<int:pk>/bo/", imports.import_drop, name="import_drop"),
    path("nhap-tep/<int:pk>/hoan-tac/", imports.import_undo, name="import_undo"),
    path("nhap-tep/<int:pk>/tep-danh-dau/", imports.import_returned, name="import_returned"),
]

urlpatterns += support_urls.urlpatterns
