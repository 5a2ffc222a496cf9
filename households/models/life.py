"""What happens to a household between two reviews: each an entry with its day and reason, and its undoing."""

from collections import defaultdict

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.register import Household, Member
from thanhsen.models import Area, User


class LifeEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the households of the user's areas, also as the other household of a split or a merger."""
        mine = Area.objects.under(user.area_ids)
        return self.filter(Q(household__area__in=mine) | Q(other_household__area__in=mine))

    def of(self, households):
        """Those that touch one of `households` (a list), as the first or as the other."""
        return self.filter(Q(household__in=households) | Q(other_household__in=households))

    def in_force(self):
        return self.filter(reversed_at=None)

    def changing(self, households):
        """Household id → its events in force, by day, that changed its people or its tổ dân phố; not the one that made it."""
        found = defaultdict(list)
        for event in self.of(list(households)).in_force().order_by("date", "pk"):
            for told in event.effect["told"]:
                before, after = told["people"]
                if before and (before != after or event.kind == LifeEvent.Kind.MOVED_INSIDE):
                    found[told["id"]].append(event)
        return found

    def newest_first(self):
        """As they were recorded, which is the order they can be undone in."""
        return self.order_by("-pk")


class LifeEvent(models.Model):
    """One event in the life of a household. Never changed, never deleted; it may be undone, with a reason.

    `effect` holds what it changed and how that was before, enough to undo it:
    {"rows": [{"model": "member" or "household", "id", "made": bool, "before": {field: value}, "after": {…}}],
    "overtaken": [ids of statuses this event's own took the place of],
    "told": [{"id", "name", "head", "people": [before, after], "listed": class or "", "size": [before, after or null]}]}.
    """

    class Kind(models.TextChoices):
        BIRTH = "birth", "Sinh"
        DEATH = "death", "Qua đời"
        MOVE_IN = "move_in", "Có người về ở"
        MOVE_OUT = "move_out", "Có người chuyển đi"
        HEAD_CHANGE = "head_change", "Đổi chủ hộ"
        MOVED_INSIDE = "moved_inside", "Chuyển tổ dân phố trong phường"
        SPLIT = "split", "Tách hộ"
        MERGE = "merge", "Nhập vào hộ khác"
        HOUSEHOLD_IN = "household_in", "Cả hộ chuyển đến"
        HOUSEHOLD_OUT = "household_out", "Cả hộ chuyển đi"
        DIED_OUT = "died_out", "Người cuối cùng của hộ qua đời"
        DUPLICATE = "duplicate", "Phát hiện ghi trùng"
        MISTAKE = "mistake", "Ghi nhầm hộ"
        SAME_PERSON = "same_person", "Ghi trùng người"

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="life_events", verbose_name="hộ gia đình"
    )
    kind = models.CharField("sự kiện", max_length=13, choices=Kind)
    date = models.DateField("ngày")
    reason = models.CharField("lý do, căn cứ", max_length=300)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thành viên"
    )
    other_household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ kia"
    )
    effect = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    reversed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reversed_at = models.DateTimeField(null=True)
    reversal_reason = models.CharField("lý do huỷ", max_length=300, blank=True)

    objects = LifeEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["household", "date"], name="life_event_of_household")]
        constraints = [
            models.CheckConstraint(
                name="life_event_kind_known",
                condition=Q(
                    kind__in=[
                        "birth", "death", "move_in", "move_out", "head_change", "moved_inside", "split", "merge",
                        "household_in", "household_out", "died_out", "duplicate", "mistake", "same_person",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="life_event_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Ghi lý do hoặc căn cứ của sự kiện.",
            ),
            models.CheckConstraint(
                name="life_event_other_household_where_two",
                condition=Q(kind__in=["split", "merge", "duplicate"], other_household__isnull=False)
                | Q(kind="same_person")  # the two rows are of one household, or of two
                | (~Q(kind__in=["split", "merge", "duplicate"]) & Q(other_household=None)),
            ),
            models.CheckConstraint(
                name="life_event_between_two_households",
                condition=Q(other_household=None) | ~Q(other_household=F("household")),
                violation_error_message="Chọn một hộ khác với hộ này.",
            ),
            models.CheckConstraint(
                name="life_event_undone_with_reason",
                condition=Q(reversed_at=None, reversed_by=None, reversal_reason="")
                | (Q(reversed_at__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="")),
                violation_error_message="Huỷ sự kiện phải ghi lý do.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()} ngày {self.date:%d/%m/%Y}"
