"""Addresses of the papers and figures of courses."""

from django.urls import path

from trainings.views.results import figures, papers

urlpatterns = [
    path("<int:pk>/van-ban/", papers.course_papers, name="course_papers"),
    path("<int:pk>/van-ban/<slug:key>/", papers.course_paper, name="course_paper"),
    path("<int:pk>/bao-cao/", figures.course_report, name="course_report"),
    path("so-sanh/", figures.course_comparison, name="course_comparison"),
    path("doi-chieu/", figures.learning_comparison, name="learning_comparison"),
]
