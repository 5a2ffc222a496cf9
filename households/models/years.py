"""A year whose books are closed: nothing dated in it is written any more, but in a correction."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from thanhsen.models import Area, User


class ClosedYearQuerySet(OfWardQuerySet):
    def locking(self, year):
        """Those that keep `year` from being written: not where a correction of it, or of a year before, is open."""
        open_now = Area.objects.filter(corrections__outcome="", corrections__year__lte=year)
        return self.filter(year__gte=year).exclude(ward__in=open_now)

    def covers(self, ward, year):
        """Whether `year` of `ward` is closed: with a year, those before it are."""
        return self.filter(ward=ward, year__gte=year).exists()


class ClosedYear(models.Model):
    """A ward closed its figures up to the end of a year. They stay as `Snapshot` keeps them; a `Correction` adds a version."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="closed_years", verbose_name="phường")
    year = models.PositiveSmallIntegerField("năm")
    reason = models.CharField("căn cứ khoá sổ", max_length=300)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ClosedYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                name="year_closed_once",
                violation_error_message="Năm này đã khoá sổ.",
            ),
            models.CheckConstraint(
                name="year_closed_with_reason",
                condition=~Q(reason=""),
                violation_error_message="Ghi căn cứ khoá sổ, ví dụ số báo cáo chính thức đã gửi.",
            ),
        ]

    def __str__(self):
        return f"Sổ năm {self.year}"
