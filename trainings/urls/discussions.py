"""Addresses of what was asked and shared."""

from django.urls import path

from trainings.views import discussions

urlpatterns = [
    path("hoi-dap/", discussions.contribution_list, name="contribution_list"),
    path("hoi-dap/<int:pk>/", discussions.contribution_edit, name="contribution_edit"),
    path("hoi-dap/<int:pk>/dua-len/", discussions.contribution_publish, name="contribution_publish"),
    path("<int:pk>/hoi-dap/", discussions.course_discussion, name="course_discussion"),
    path("hv/<code:code>/hoi-dap/", discussions.send_contribution, name="send_contribution"),
]
