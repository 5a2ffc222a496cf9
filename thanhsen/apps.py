from django.apps import AppConfig


class ThanhSenConfig(AppConfig):
    name = "thanhsen"
    verbose_name = "Cổng Thành Sen"
