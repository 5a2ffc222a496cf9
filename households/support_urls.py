"""Addresses of what comes after the class, room by room."""

from django.urls import path

from households.exchange.lists.support import morning as lists
from households.exchange.lists.support import programmes as programme_lists
from households.exchange.lists.support import receipts
from households.views.support import budgets, case, grants, morning, outcomes, programmes
from thanhsen.views.lists import export_of

urlpatterns = [  # programmes, what is given and received, the morning page
    path("ho-gia-dinh/<int:pk>/ho-tro/", grants.support_list, name="support_list"),
    path("ho-gia-dinh/<int:pk>/giao-ho-tro/", grants.support_give, name="support_give"),
    path("ho-tro/<int:pk>/bo/", grants.support_void, name="support_void"),
    path("ho-tro/<int:pk>/nhan/", grants.support_receive, name="support_receive"),
    path("ho-tro/<int:pk>/dung/", grants.support_stop, name="support_stop"),
    path("lan-nhan/<int:pk>/bo/", grants.receipt_void, name="receipt_void"),
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
    path("ho-tro/chuong-trinh/<int:pk>/dung-dien/", morning.support_proposed, name="support_proposed"),
    path("ho-tro/chuong-trinh/<int:pk>/dung-dien/xuat/", export_of(lists.PROPOSED), name="proposed_export"),
    path("ho-tro/chuong-trinh/<int:pk>/thoi-dung-dien/", morning.support_lapsed, name="support_lapsed"),
    path("ho-tro/chuong-trinh/<int:pk>/thoi-dung-dien/xuat/", export_of(lists.LAPSED), name="lapsed_export"),
    path("ho-tro/chuong-trinh/<int:pk>/dang-huong/", morning.support_receiving, name="support_receiving"),
    path(
        "ho-tro/chuong-trinh/<int:pk>/dang-huong/xuat/", export_of(lists.RECEIVING), name="receiving_export"
    ),
]

# needs and plans

# models of livelihood

# vulnerability and shocks

# outreach and materials

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
