"""Addresses of what comes after the class, room by room."""

from django.urls import path

from households.views import lists
from households.views.support import case, grants, impacts, relief, shocks, vulnerability

urlpatterns = [  # programmes, what is given and received, the morning page
    path("ho-gia-dinh/<int:pk>/ho-tro/", grants.support_list, name="support_list"),
    path("ho-tro/<int:pk>/bo/", grants.support_void, name="support_void"),
]

# needs and plans

# models of livelihood

urlpatterns += [  # vulnerability and shocks
    path("cu-soc/", shocks.shock_list, name="shock_list"),
    path("cu-soc/moi/", shocks.shock_create, name="shock_create"),
    path("cu-soc/<int:pk>/", shocks.shock_detail, name="shock_detail"),
    path("cu-soc/<int:pk>/sua/", shocks.shock_edit, name="shock_edit"),
    path("cu-soc/<int:pk>/them-to/", shocks.shock_spread, name="shock_spread"),
    path("cu-soc/<int:pk>/dong/", shocks.shock_close, name="shock_close"),
    path("cu-soc/<int:pk>/mo-lai/", shocks.shock_reopen, name="shock_reopen"),
    path("cu-soc/<int:pk>/ho/", impacts.impact_list, name="impact_list"),
    path("cu-soc/<int:pk>/ho/xuat/", lists.impact_export, name="impact_export"),
    path("cu-soc/<int:pk>/khong-thiet-hai/", impacts.impact_unharmed, name="impact_unharmed"),
    path("cu-soc/<int:pk>/them-ho/", impacts.impact_add, name="impact_add"),
    path("cu-soc/ho/<int:pk>/", impacts.impact_save, name="impact_save"),
    path("cu-soc/<int:pk>/ho-tro/", relief.shock_relief, name="shock_relief"),
    path("cu-soc/<int:pk>/ra-soat/", relief.shock_reviews, name="shock_reviews"),
    path("de-bi-ton-thuong/", vulnerability.vulnerable_list, name="vulnerable_list"),
    path("de-bi-ton-thuong/xuat/", lists.vulnerable_export, name="vulnerable_export"),
    path("ho-gia-dinh/<int:pk>/de-bi-ton-thuong/", vulnerability.vulnerability, name="vulnerability"),
]

# outreach and materials

# outcomes

urlpatterns += [  # the case page
    path("ho-gia-dinh/<int:pk>/cau-chuyen/", case.case_page, name="case_page"),
]
