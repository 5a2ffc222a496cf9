"""Two people of the register who look alike and are two people: what somebody found out is asked once."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.register import Member
from thanhsen.models import User


class NotSameQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(taken_back_at=None)

    def visible_to(self, user):
        """Those of two people the user may both see."""
        seen = Member.objects.visible_to(user).values("pk")
        return self.filter(one__in=seen, other__in=seen)

    def newest_first(self):
        return self.order_by("-pk")


class NotSame(models.Model):
    """Two people are two people, says somebody, and why. `one` is the lower id. Never deleted; may be taken back."""

    one = models.ForeignKey(Member, models.PROTECT, related_name="+")
    other = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    objects = NotSameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(taken_back_at=None),
                name="not_same_once",
                violation_error_message="Hai người này đã được ghi là không trùng. Mở lại trang để xem danh sách mới.",
            ),
            models.CheckConstraint(name="not_same_lower_first", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="not_same_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Ghi lý do: vì sao biết là hai người khác nhau.",
            ),
            models.CheckConstraint(
                name="not_same_taken_back_by_somebody",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.one} và {self.other}"
