"""Courses, the ward's lists they draw on, timetable and costs."""

from django.urls import path

from trainings.views.courses import catalogue, costs, courses, materials, timetable

LIST = "danh-muc/<slug:kind>/"
CLASS = "<int:pk>/lich/lop/<int:held>/"
SESSION = "<int:pk>/lich/buoi/<int:session>/"

urlpatterns = [
    path("", courses.course_list, name="course_list"),
    path("moi/", courses.course_create, name="course_create"),
    path("<int:pk>/", courses.course_detail, name="course_detail"),
    path("<int:pk>/sua/", courses.course_edit, name="course_edit"),
    path("<int:pk>/sao-chep/", courses.course_copy, name="course_copy"),
    path("<int:pk>/mo/", courses.course_open, name="course_open"),
    path("<int:pk>/ket-thuc/", courses.course_close, name="course_close"),
    path("<int:pk>/chuyen-de/", courses.course_topics, name="course_topics"),
    path("<int:pk>/kinh-phi/", costs.course_costs, name="course_costs"),
    path("<int:pk>/lich/", timetable.timetable, name="timetable"),
    path("<int:pk>/lich/xep/", timetable.timetable_plan, name="timetable_plan"),
    path("<int:pk>/lich/lop/moi/", timetable.class_add, name="class_add"),
    path(CLASS, timetable.class_edit, name="class_edit"),
    path(f"{CLASS}bo/", timetable.class_remove, name="class_remove"),
    path("<int:pk>/lich/buoi/moi/", timetable.session_add, name="session_add"),
    path(SESSION, timetable.session_edit, name="session_edit"),
    path(f"{SESSION}bo/", timetable.session_cancel, name="session_cancel"),
    path(f"{SESSION}dua-lai/", timetable.session_restore, name="session_restore"),
    path(f"{SESSION}da-hoc/", timetable.session_held, name="session_held"),
    path("danh-muc/chuyen-de/mau/<int:ward>/", catalogue.topics_offered, name="topics_offered"),
    path("danh-muc/chuyen-de/<int:entry>/tai-lieu/", materials.topic_materials, name="topic_materials"),
    path(LIST, catalogue.catalogue, name="catalogue"),
    path(f"{LIST}moi/", catalogue.catalogue_add, name="catalogue_add"),
    path(f"{LIST}<int:entry>/", catalogue.catalogue_edit, name="catalogue_edit"),
    path(f"{LIST}<int:entry>/thoi-dung/", catalogue.catalogue_retire, name="catalogue_retire"),
]
