"""Addresses of the bank of questions, the tests, the evaluation and the assignments."""

from django.urls import path

from trainings.views.learning import questions, taking

urlpatterns = [
    path("cau-hoi/", questions.question_list, name="question_list"),
    path("cau-hoi/moi/", questions.question_create, name="question_create"),
    path("cau-hoi/mau/", questions.question_bank, name="question_bank"),
    path("cau-hoi/<int:pk>/", questions.question_edit, name="question_edit"),
    path("cau-hoi/<int:pk>/thoi-dung/", questions.question_retire, name="question_retire"),
    path("hv/<str:code>/kiem-tra/<int:pk>/", taking.take_test, name="take_test"),
]
