"""Addresses of the courses, a file a room."""

from trainings.urls import codes  # noqa: F401, I001 - before the addresses that use it
from trainings.urls import attendance, certificates, courses, discussions, learning, results, roster

urlpatterns = [
    *courses.urlpatterns,
    *roster.urlpatterns,
    *attendance.urlpatterns,
    *learning.urlpatterns,
    *discussions.urlpatterns,
    *certificates.urlpatterns,
    *results.urlpatterns,
]
