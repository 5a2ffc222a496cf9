"""Addresses of completion, certificates and a trainee's own page."""

from django.urls import path

from trainings.views.certificates import checking, issuing, own

urlpatterns = [
    path("<int:pk>/hoan-thanh/", issuing.completion, name="completion"),
    path("<int:pk>/hoan-thanh/cap-giay/", issuing.training_issue, name="training_issue"),
    path("<int:pk>/hoan-thanh/tep/", issuing.training_batch_order, name="training_batch_order"),
    path("tep-giay/<int:pk>/", issuing.training_batch, name="training_batch"),
    path("tep-giay/<int:pk>/tien-do/", issuing.training_batch_progress, name="training_batch_progress"),
    path("tep-giay/<int:pk>/tai-ve/", issuing.training_batch_file, name="training_batch_file"),
    path("so-cap/", issuing.training_register, name="training_register"),
    path("so-cap/<int:pk>/pdf/", issuing.training_certificate_pdf, name="training_certificate_pdf"),
    path("so-cap/<int:pk>/thu-hoi/", issuing.training_certificate_revoke, name="training_certificate_revoke"),
    path(
        "so-cap/<int:pk>/cap-lai/", issuing.training_certificate_reissue, name="training_certificate_reissue"
    ),
    path("giay/<code:code>/", checking.certificate_check, name="certificate_check"),
    path("hv/<code:code>/", own.my_page, name="my_page"),
    path("hv/<code:code>/giay/", own.my_certificate, name="my_certificate"),
    path("hv/<code:code>/tai-lieu/<int:pk>/", own.my_material, name="my_material"),
    path("cua-toi/", own.my_trainings, name="my_trainings"),
]
