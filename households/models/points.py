"""Points tables and the questions of Phiếu A: loaded by one person, compared and activated by another, dated."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.poverty import points
from thanhsen.models import User


class PointsTableQuerySet(models.QuerySet):
    def in_force(self, kind, standard_id, day):
        """The table that applies on `day`: the newest begun and not withdrawn, or None."""
        found = self.filter(kind=kind, standard_id=standard_id, active_from__lte=day, withdrawn_at=None)
        return found.order_by("-active_from").first()

    def newest_first(self):
        return self.order_by(F("active_from").desc(nulls_first=True), "-loaded_at", "-pk")

    def in_use(self):
        """Those once activated: what sheets may have been scored with."""
        return self.exclude(active_from=None)


class PointsTable(models.Model):
    """A table as it was loaded. It never changes; it is activated once, from a day, and may be withdrawn.

    `content` holds the items in the shape of `households.poverty.points.to_content`; `digest` is its SHA-256.
    """

    class Kind(models.TextChoices):
        INCOME_POINTS = "income_points", "Bảng điểm B1"
        QUICK_CHECK = "quick_check", "Phiếu A"

    kind = models.CharField("loại bảng", max_length=13, choices=Kind)
    standard_id = models.CharField("chuẩn nghèo", max_length=20)
    title = models.CharField("tên bảng", max_length=200)
    source = models.CharField("nguồn, trang của văn bản", max_length=300)
    content = models.JSONField("nội dung bảng")
    digest = models.CharField("mã kiểm tra", max_length=64)
    file_name = models.CharField("tên tệp", max_length=200)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)
    activated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    active_from = models.DateField("áp dụng từ ngày", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField("lý do thu hồi", max_length=500, blank=True)

    objects = PointsTableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="points_table_kind_known", condition=Q(kind__in=["income_points", "quick_check"])
            ),
            models.CheckConstraint(
                name="points_table_says_its_source",
                condition=~Q(title="") & ~Q(source="") & ~Q(standard_id=""),
                violation_error_message="Ghi tên bảng và nguồn: văn bản, phụ lục, trang.",
            ),
            models.CheckConstraint(
                name="points_table_activated_by_another",
                condition=Q(activated_by=None) | ~Q(activated_by=F("loaded_by")),
                violation_error_message="Người nạp bảng không tự đưa bảng vào áp dụng. Nhờ người khác đối chiếu.",
            ),
            models.CheckConstraint(
                name="points_table_activation_is_whole",
                condition=Q(activated_by=None, activated_at=None, active_from=None)
                | Q(activated_by__isnull=False, activated_at__isnull=False, active_from__isnull=False),
                violation_error_message="Đưa bảng vào áp dụng phải có ngày áp dụng.",
            ),
            models.CheckConstraint(
                name="points_table_withdrawal_is_whole",
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="Ghi lý do thu hồi bảng.",
            ),
            models.UniqueConstraint(
                fields=["kind", "standard_id", "active_from"],
                condition=Q(withdrawn_at=None),
                name="points_table_one_a_day",
                violation_error_message="Đã có một bảng cùng loại áp dụng từ đúng ngày này. Chọn ngày khác, hoặc thu hồi bảng kia trước.",
            ),
            models.UniqueConstraint(
                fields=["kind", "standard_id", "digest"],
                condition=Q(withdrawn_at=None),
                name="points_table_loaded_once",
                violation_error_message="Bảng có nội dung y hệt đã được nạp rồi. Mở bảng đó trong danh sách.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    @property
    def state(self):
        """`loaded`, `active` (activated, whatever the day) or `withdrawn`."""
        if self.withdrawn_at:
            return "withdrawn"
        return "active" if self.active_from else "loaded"

    def read(self) -> points.PointsTable:
        """The table as the core knows it."""
        return points.PointsTable(str(self.pk), self.title, self.source, points.read_items(self.content))
