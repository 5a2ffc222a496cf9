"""Addresses of the courses, a file a room."""

from trainings.urls import attendance, certificates, courses, discussions, learning, roster

urlpatterns = [
    *courses.urlpatterns,
    *roster.urlpatterns,
    *attendance.urlpatterns,
    *learning.urlpatterns,
    *discussions.urlpatterns,
    *certificates.urlpatterns,
]
