"""What a ward means to bring the rate of poor households down to by the end of a year."""

from django.db import models
from django.db.models import Q

from households.models.of_wards import OfWardQuerySet
from thanhsen.models import Area


class Target(models.Model):
    """The rates aimed at for 31/12 of a year, in percent of all households, as a resolution or plan sets them.

    `near_poor_rate`: None where the paper names none.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="targets", verbose_name="phường")
    year = models.PositiveSmallIntegerField("năm")
    poor_rate = models.DecimalField("tỷ lệ hộ nghèo không quá (%)", max_digits=5, decimal_places=2)
    near_poor_rate = models.DecimalField(
        "tỷ lệ hộ cận nghèo không quá (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    source = models.CharField("văn bản giao chỉ tiêu", max_length=200)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                name="target_once_a_year",
                violation_error_message="Năm này đã có chỉ tiêu. Mở lại trang rồi sửa chỉ tiêu đã có.",
            ),
            models.CheckConstraint(
                name="target_poor_rate_is_percent",
                condition=Q(poor_rate__gte=0, poor_rate__lte=100),
                violation_error_message="Tỷ lệ hộ nghèo phải từ 0 đến 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="target_near_poor_rate_is_percent",
                condition=Q(near_poor_rate__gte=0, near_poor_rate__lte=100),  # unknown passes
                violation_error_message="Tỷ lệ hộ cận nghèo phải từ 0 đến 100 phần trăm.",
            ),
            models.CheckConstraint(
                name="target_has_source",
                condition=~Q(source=""),
                violation_error_message="Ghi văn bản giao chỉ tiêu, ví dụ số nghị quyết, ngày ban hành.",
            ),
        ]

    def __str__(self):
        return f"Chỉ tiêu giảm nghèo năm {self.year}"
