"""Addresses of the bank of questions, the tests, the evaluation and the assignments."""

from django.urls import path

from trainings.views.learning import assignments, evaluation, questions, taking, tests

urlpatterns = [
    path("cau-hoi/", questions.question_list, name="question_list"),
    path("cau-hoi/moi/", questions.question_create, name="question_create"),
    path("cau-hoi/mau/", questions.question_bank, name="question_bank"),
    path("cau-hoi/<int:pk>/", questions.question_edit, name="question_edit"),
    path("cau-hoi/<int:pk>/thoi-dung/", questions.question_retire, name="question_retire"),
]

urlpatterns += [  # tests
    path("<int:pk>/kiem-tra/", tests.test_list, name="test_list"),
    path("<int:pk>/kiem-tra/moi/", tests.test_create, name="test_create"),
    path("<int:pk>/kiem-tra/ket-qua/", tests.test_results, name="test_results"),
    path("kiem-tra/<int:pk>/sua/", tests.test_edit, name="test_edit"),
    path("kiem-tra/<int:pk>/bo/", tests.test_remove, name="test_remove"),
    path("kiem-tra/<int:pk>/cau-hoi/", tests.test_questions, name="test_questions"),
    path("kiem-tra/<int:pk>/nhap-giay/", tests.test_papers, name="test_papers"),
    path("kiem-tra/<int:pk>/in/", tests.test_print, name="test_print"),
    path("hv/<code:code>/kiem-tra/<int:pk>/", taking.take_test, name="take_test"),
]

urlpatterns += [  # evaluation
    path("<int:pk>/danh-gia/", evaluation.evaluation, name="evaluation"),
    path("<int:pk>/danh-gia/sua/", evaluation.evaluation_edit, name="evaluation_edit"),
    path("hv/<code:code>/danh-gia/", evaluation.give_evaluation, name="give_evaluation"),
]

urlpatterns += [  # assignments
    path("<int:pk>/thu-hoach/", assignments.assignments, name="assignments"),
]
