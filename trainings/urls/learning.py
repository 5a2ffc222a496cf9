"""Addresses of the bank of questions, the tests, the evaluation and the assignments."""

from django.urls import path

from trainings.views.learning import taking

urlpatterns = [
    path("hv/<code:code>/kiem-tra/<int:pk>/", taking.take_test, name="take_test"),
]
