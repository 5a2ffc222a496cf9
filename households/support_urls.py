"""Addresses of what comes after the class, room by room."""

from django.urls import path

from households.views.support import case, grants

urlpatterns = [  # programmes, what is given and received, the morning page
    path("ho-gia-dinh/<int:pk>/ho-tro/", grants.support_list, name="support_list"),
    path("ho-tro/<int:pk>/bo/", grants.support_void, name="support_void"),
]

# needs and plans

# models of livelihood

# vulnerability and shocks

# outreach and materials

# outcomes

urlpatterns += [  # the case page
    path("ho-gia-dinh/<int:pk>/cau-chuyen/", case.case_page, name="case_page"),
]
