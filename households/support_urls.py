"""Addresses of what comes after the class, room by room."""

from django.urls import path

from households.exchange.lists.support import livelihoods as livelihood_lists
from households.exchange.lists.support import morning as lists
from households.exchange.lists.support import outreach as outreach_lists
from households.exchange.lists.support import plans as plan_lists
from households.exchange.lists.support import programmes as programme_lists
from households.exchange.lists.support import receipts
from households.exchange.lists.support import shocks as shock_lists
from households.views.support import (
    budgets,
    campaigns,
    case,
    contacts,
    endings,
    follow_ups,
    grants,
    impacts,
    livelihoods,
    materials,
    morning,
    needs,
    outcomes,
    outreach,
    plans,
    programmes,
    relief,
    shocks,
    steps,
    vulnerability,
)
from thanhsen.views.lists import export_of

urlpatterns = [  # programmes, what is given and received, the morning page
    path("ho-gia-dinh/<int:pk>/ho-tro/", grants.support_list, name="support_list"),
    path("ho-gia-dinh/<int:pk>/giao-ho-tro/", grants.support_give, name="support_give"),
    path("ho-tro/<int:pk>/bo/", grants.support_void, name="support_void"),
    path("ho-tro/<int:pk>/nhan/", grants.support_receive, name="support_receive"),
    path("ho-tro/<int:pk>/dung/", grants.support_stop, name="support_stop"),
    path("ho-tro/lan-nhan/<int:pk>/bo/", grants.receipt_void, name="receipt_void"),
    path("ho-tro/", morning.support_today, name="support_today"),
    path("ho-tro/chuong-trinh/", programmes.programme_list, name="programme_list"),
    path("ho-tro/chuong-trinh/xuat/", export_of(programme_lists.PROGRAMMES), name="programme_export"),
    path("ho-tro/chua-nhan/", morning.support_unreceived, name="support_unreceived"),
    path("ho-tro/chua-nhan/xuat/", export_of(lists.UNRECEIVED), name="unreceived_export"),
    path("ho-tro/kinh-phi/", budgets.budget_now, name="budget_now"),
    path("ho-tro/kinh-phi/<int:year>/", budgets.budget_page, name="budget_page"),
    path("ho-tro/chuong-trinh/<int:pk>/kinh-phi/<int:year>/", budgets.budget_edit, name="budget_edit"),
    path("ho-tro/chuong-trinh/<int:pk>/nhan/<int:year>/", budgets.receipt_list, name="receipt_list"),
    path(
        "ho-tro/chuong-trinh/<int:pk>/nhan/<int:year>/xuat/",
        export_of(receipts.RECEIPTS),
        name="receipt_export",
    ),
    path("ho-tro/chuong-trinh/moi/", programmes.programme_create, name="programme_create"),
    path("ho-tro/chuong-trinh/<int:pk>/", programmes.programme_detail, name="programme_detail"),
    path("ho-tro/chuong-trinh/<int:pk>/sua/", programmes.programme_edit, name="programme_edit"),
    path("ho-tro/chuong-trinh/<int:pk>/thay/", programmes.programme_replace, name="programme_replace"),
    path("ho-tro/chuong-trinh/<int:pk>/het/", programmes.programme_end, name="programme_end"),
    path("ho-tro/chuong-trinh/<int:pk>/ai-dung-dien/", morning.support_entitled, name="support_entitled"),
    path(
        "ho-tro/chuong-trinh/<int:pk>/ai-dung-dien/xuat/", export_of(lists.ENTITLED), name="entitled_export"
    ),
    path("ho-tro/chuong-trinh/<int:pk>/dung-dien/", morning.support_proposed, name="support_proposed"),
    path("ho-tro/chuong-trinh/<int:pk>/dung-dien/xuat/", export_of(lists.PROPOSED), name="proposed_export"),
    path("ho-tro/chuong-trinh/<int:pk>/thoi-dung-dien/", morning.support_lapsed, name="support_lapsed"),
    path("ho-tro/chuong-trinh/<int:pk>/thoi-dung-dien/xuat/", export_of(lists.LAPSED), name="lapsed_export"),
    path("ho-tro/chuong-trinh/<int:pk>/dang-huong/", morning.support_receiving, name="support_receiving"),
    path(
        "ho-tro/chuong-trinh/<int:pk>/dang-huong/xuat/", export_of(lists.RECEIVING), name="receiving_export"
    ),
]

urlpatterns += [  # needs and plans
    path("ho-tro/ke-hoach/", plans.plan_list, name="plan_list"),
    path("ho-tro/ke-hoach/xuat/", export_of(plan_lists.PLANS), name="plan_export"),
    path("ho-gia-dinh/<int:pk>/ke-hoach/", plans.plan_page, name="plan_page"),
    path("ho-gia-dinh/<int:pk>/ke-hoach/in/", plans.plan_print, name="plan_print"),
    path("ho-gia-dinh/<int:pk>/ke-hoach/lap/", plans.plan_draft, name="plan_draft"),
    path("ho-gia-dinh/<int:pk>/nhu-cau/", needs.need_add, name="need_add"),
    path("ho-tro/ke-hoach/nhu-cau/<int:pk>/loi-gia-dinh/", needs.need_word, name="need_word"),
    path("ho-tro/ke-hoach/nhu-cau/<int:pk>/dong/", needs.need_close, name="need_close"),
    path("ho-tro/ke-hoach/<int:pk>/sua/", plans.plan_edit, name="plan_edit"),
    path("ho-tro/ke-hoach/<int:pk>/word/", plans.plan_document, name="plan_document"),
    path("ho-tro/ke-hoach/<int:pk>/viec/", steps.step_add, name="step_add"),
    path("ho-tro/ke-hoach/<int:pk>/ky/", plans.plan_agree, name="plan_agree"),
    path("ho-tro/ke-hoach/<int:pk>/xem-lai/", plans.plan_review, name="plan_review"),
    path("ho-tro/ke-hoach/lan-xem-lai/<int:pk>/bo/", plans.plan_review_void, name="plan_review_void"),
    path("ho-tro/ke-hoach/<int:pk>/doi-ngay-xem-lai/", plans.plan_move_review, name="plan_move_review"),
    path("ho-tro/ke-hoach/<int:pk>/ket-thuc/", plans.plan_close, name="plan_close"),
    path("ho-tro/ke-hoach/<int:pk>/thay/", plans.plan_replace, name="plan_replace"),
    path("ho-tro/ke-hoach/viec/<int:pk>/bo/", steps.step_remove, name="step_remove"),
    path("ho-tro/ke-hoach/viec/<int:pk>/xong/", steps.step_done, name="step_done"),
    path("ho-tro/ke-hoach/viec/<int:pk>/thoi/", steps.step_drop, name="step_drop"),
]

urlpatterns += [  # models of livelihood
    path("mo-hinh/", livelihoods.project_list, name="project_list"),
    path("mo-hinh/xuat/", export_of(livelihood_lists.PROJECTS), name="project_export"),
    path("mo-hinh/chua-theo-doi/", follow_ups.follow_up_missing, name="follow_up_missing"),
    path("mo-hinh/chua-theo-doi/xuat/", export_of(livelihood_lists.UNFOLLOWED), name="unfollowed_export"),
    path("mo-hinh/moi/", livelihoods.project_create, name="project_create"),
    path("mo-hinh/<int:pk>/", livelihoods.project_detail, name="project_detail"),
    path("mo-hinh/<int:pk>/sua/", livelihoods.project_edit, name="project_edit"),
    path("mo-hinh/<int:pk>/ket-thuc/", endings.project_end, name="project_end"),
    path("mo-hinh/<int:pk>/nhan-rong/", livelihoods.project_copy, name="project_copy"),
    path("mo-hinh/<int:pk>/them-ho/", livelihoods.project_join, name="project_join"),
    path("mo-hinh/<int:pk>/thang/<int:year>/<int:month>/", follow_ups.follow_ups, name="follow_ups"),
    path("mo-hinh/tham-gia/<int:pk>/", livelihoods.participation_edit, name="participation_edit"),
    path("mo-hinh/tham-gia/<int:pk>/ra/", livelihoods.participation_leave, name="participation_leave"),
]

urlpatterns += [  # vulnerability and shocks
    path("bien-co/", shocks.shock_list, name="shock_list"),
    path("bien-co/cho/", impacts.impact_waiting, name="impact_waiting"),
    path("bien-co/cho/xuat/", export_of(shock_lists.WAITING_HOUSEHOLDS), name="waiting_export"),
    path("bien-co/moi/", shocks.shock_create, name="shock_create"),
    path("bien-co/<int:pk>/", shocks.shock_detail, name="shock_detail"),
    path("bien-co/<int:pk>/sua/", shocks.shock_edit, name="shock_edit"),
    path("bien-co/<int:pk>/them-to/", shocks.shock_spread, name="shock_spread"),
    path("bien-co/<int:pk>/sua-ngay/", shocks.shock_redate, name="shock_redate"),
    path("bien-co/<int:pk>/bo/", shocks.shock_void, name="shock_void"),
    path("bien-co/<int:pk>/dong/", shocks.shock_close, name="shock_close"),
    path("bien-co/<int:pk>/mo-lai/", shocks.shock_reopen, name="shock_reopen"),
    path("bien-co/<int:pk>/ho/", impacts.impact_list, name="impact_list"),
    path("bien-co/<int:pk>/ho/xuat/", export_of(shock_lists.IMPACTS), name="impact_export"),
    path("bien-co/<int:pk>/khong-thiet-hai/", impacts.impact_unharmed, name="impact_unharmed"),
    path("bien-co/<int:pk>/them-ho/", impacts.impact_add, name="impact_add"),
    path("bien-co/ho/<int:pk>/", impacts.impact_save, name="impact_save"),
    path("bien-co/<int:pk>/ho-tro/", relief.shock_relief, name="shock_relief"),
    path("bien-co/<int:pk>/ra-soat/", relief.shock_reviews, name="shock_reviews"),
    path("bien-co/de-bi-ton-thuong/", vulnerability.vulnerable_list, name="vulnerable_list"),
    path("bien-co/de-bi-ton-thuong/xuat/", export_of(shock_lists.VULNERABLE), name="vulnerable_export"),
    path("ho-gia-dinh/<int:pk>/de-bi-ton-thuong/", vulnerability.vulnerability, name="vulnerability"),
]

urlpatterns += [  # outreach and materials
    path("tai-lieu/", materials.material_list, name="material_list"),
    path("tai-lieu/moi/", materials.material_add, name="material_add"),
    path("tai-lieu/<int:pk>/tep/", materials.material_file, name="material_file"),
    path("tai-lieu/<int:pk>/thoi-dung/", materials.material_withdraw, name="material_withdraw"),
    path("van-dong/", outreach.activity_list, name="activity_list"),
    path("van-dong/xuat/", export_of(outreach_lists.ACTIVITIES), name="activity_export"),
    path("van-dong/ghi/", outreach.activity_create, name="activity_create"),
    path("van-dong/ho/", outreach.contact_list, name="contact_list"),
    path("van-dong/ho/xuat/", export_of(outreach_lists.CONTACTS), name="contact_export"),
    path("van-dong/<int:pk>/", outreach.activity_detail, name="activity_detail"),
    path("van-dong/<int:pk>/them-ho/", outreach.activity_contacts, name="activity_contacts"),
    path("van-dong/<int:pk>/bo/", outreach.activity_void, name="activity_void"),
    path("van-dong/tra-loi/<int:pk>/", contacts.contact_changes, name="contact_changes"),
    path("van-dong/tra-loi/<int:pk>/sua/", contacts.contact_correct, name="contact_correct"),
    path("van-dong/tra-loi/<int:pk>/bo/", contacts.contact_withdraw, name="contact_withdraw"),
    path("van-dong/dot/", campaigns.campaign_list, name="campaign_list"),
    path("van-dong/dot/moi/", campaigns.campaign_create, name="campaign_create"),
    path("van-dong/dot/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("van-dong/dot/<int:pk>/sua/", campaigns.campaign_edit, name="campaign_edit"),
    path("van-dong/dot/<int:pk>/ho/", campaigns.campaign_households, name="campaign_households"),
    path("van-dong/dot/<int:pk>/ho/xuat/", export_of(outreach_lists.REACHED), name="campaign_export"),
    path("ho-gia-dinh/<int:pk>/van-dong/", outreach.outreach_home, name="outreach_home"),
]

urlpatterns += [  # outcomes
    path("ho-tro/ket-qua/", outcomes.outcome_page, name="outcome_page"),
    path("ho-tro/ket-qua/<int:year>/<int:area_id>/", outcomes.outcomes_of_year, name="outcomes"),
    path(
        "ho-tro/ket-qua/<int:year>/<int:area_id>/tai/", outcomes.outcomes_download, name="outcomes_download"
    ),
    path(
        "ho-tro/ket-qua/<int:year>/<int:area_id>/ho/", outcomes.outcome_households, name="outcome_households"
    ),
    path("ho-tro/ket-qua/<int:year>/<int:area_id>/ho/xuat/", outcomes.outcome_export, name="outcome_export"),
]

urlpatterns += [  # the case page
    path("ho-gia-dinh/<int:pk>/cau-chuyen/", case.case_page, name="case_page"),
]
