"""Templates of documents that an admin put in the place of the portal's own."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from thanhsen.models import Area, User


class DocumentTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the user's wards, and those of every ward."""
        mine = Area.objects.visible_to(user)
        return self.filter(Q(ward=None) | Q(ward__in=mine))

    def governed_by(self, user):
        """Those the user may put in and take out: of every ward only by an admin bound to no area."""
        if not user.area_ids:
            return self
        return self.filter(ward__in=Area.objects.under(user.area_ids))

    def in_use(self, kind, ward):
        """The newest of the ward, else the newest of every ward, as a queryset of at most one."""
        found = self.filter(Q(ward=None) | Q(ward=ward), kind=kind, withdrawn_at=None)
        return found.order_by(F("ward").asc(nulls_last=True), "-pk")[:1]

    def newest_first(self):
        return self.order_by("-pk")


class DocumentTemplate(models.Model):
    """A Word file with fields. Never changed and never deleted: a paper can be explained years later."""

    kind = models.CharField("loại văn bản", max_length=20)
    ward = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phường"
    )  # none: for every ward
    content = models.BinaryField()
    file_name = models.CharField("tên tệp", max_length=120)
    digest = models.CharField("mã băm SHA-256", max_length=64)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="template_kind_known",
                condition=Q(
                    kind__in=["minutes", "posting", "province_report", "decision", "certificate", "refusal", "yearly_report", "plan"]
                ),
            ),
            models.CheckConstraint(name="template_named", condition=~Q(file_name="") & ~Q(digest="")),
            models.CheckConstraint(
                name="template_withdrawn_is_signed",
                condition=Q(withdrawn_at=None, withdrawn_by=None) | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.file_name
