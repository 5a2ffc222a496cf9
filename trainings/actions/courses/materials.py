"""Materials put into the ward's library from a topic, and handed out with it."""

from typing import Any
from uuid import UUID

from households.actions.support.materials import add_material
from households.models import Material
from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.catalogue import told
from trainings.actions.courses.governing import must_govern
from trainings.models import Topic


def add_topic_material(
    *,
    by: User,
    topic: Topic,
    values: dict[str, Any],
    content: bytes | None = None,
    file_name: str = "",
    request_id: UUID | None = None,
) -> Material:
    """One more material of a topic, in the library for outreach too (`values`, `content`: as `add_material` takes
    them). The pages of the topic that are open elsewhere are stale then: saving one would leave it out again."""
    must_govern(by, topic.ward_id)
    with kept():
        made = add_material(
            by=by, ward=topic.ward, values=values, content=content, file_name=file_name, request_id=request_id
        )
        row = lock(topic, None)
        if row.materials.filter(pk=made.pk).exists():
            return made  # sent twice
        before = told(row)
        row.materials.add(made)
        row.version += 1
        row.save(update_fields=["version"])
        events.record(by=by, act="topic.save", on=row, before=before, after=told(row), area=row.ward_id)
    return made
