"""The materials of a topic: what is handed out, one more put in."""

from uuid import uuid4

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from thanhsen.permissions import Permission, requires
from trainings.actions.courses import materials as actions
from trainings.forms.courses.materials import TopicMaterialForm
from trainings.models import Topic
from trainings.views.courses.answering import carried_out


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_COURSES)
def topic_materials(request, entry):
    topic = get_object_or_404(Topic.objects.governed_by(request.user).select_related("ward"), pk=entry)
    form = TopicMaterialForm(
        request.POST or None, request.FILES or None, topic=topic, initial={"request_id": uuid4()}
    )

    def add(request_id, content=None, file_name="", **values):
        return actions.add_topic_material(
            by=request.user, topic=topic, values=values, content=content, file_name=file_name,
            request_id=request_id,
        )  # fmt: skip

    if carried_out(
        request, form, add, "Đã thêm tài liệu. Học viên của khoá dạy chuyên đề này tải được ở trang của mình."
    ):
        return redirect("topic_materials", entry)
    context = {"topic": topic, "form": form, "materials": topic.materials.order_by("title", "pk")}
    return render(request, "trainings/courses/topic_materials.html", context, status=form.status)
