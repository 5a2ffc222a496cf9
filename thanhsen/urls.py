"""Addresses of the portal; each wing adds its own file. A test walks them: every view says whom it serves."""

from django.urls import include, path

from thanhsen.views import accounts, areas, events, health, holidays, users

urlpatterns = [
    path("", include("households.urls")),
    path("tap-huan/", include("trainings.urls")),
    path("dang-nhap/", accounts.sign_in, name="sign_in"),
    path("dang-xuat/", accounts.sign_out, name="sign_out"),
    path("doi-mat-khau/", accounts.change_password, name="change_password"),
    path("tai-khoan/", users.user_list, name="user_list"),
    path("tai-khoan/them/", users.user_create, name="user_create"),
    path("tai-khoan/<int:pk>/", users.user_edit, name="user_edit"),
    path("tai-khoan/<int:pk>/cap-lai-mat-khau/", users.user_reset_password, name="user_reset_password"),
    path("tai-khoan/<int:pk>/mo-khoa/", users.user_unlock, name="user_unlock"),
    path("dia-ban/", areas.area_list, name="area_list"),
    path("dia-ban/them/", areas.area_create, name="area_create"),
    path("dia-ban/<int:pk>/", areas.area_edit, name="area_edit"),
    path("dia-ban/<int:pk>/ket-thuc/", areas.area_end, name="area_end"),
    path("tai-khoan/xuat/", users.user_export, name="user_export"),
    path("dia-ban/xuat/", areas.area_export, name="area_export"),
    path("nhat-ky/xuat/", events.event_export, name="event_export"),
    path("ngay-nghi/", holidays.holidays_now, name="holidays"),
    path("ngay-nghi/<int:year>/", holidays.holidays_of, name="holidays_of"),
    path("nhat-ky/", events.event_list, name="event_list"),
    path("healthz", health.healthz, name="healthz"),
]

handler400 = "thanhsen.views.errors.bad_request"
handler403 = "thanhsen.views.errors.refused"
handler404 = "thanhsen.views.errors.not_found"
handler500 = "thanhsen.views.errors.server_error"
