"""What is shown and handed out in outreach and in the training courses."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from thanhsen.models import Area, User

LARGEST = 20_000_000  # bytes of a file; a longer film stands elsewhere and is linked


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the user's wards; an admin bound to no area sees those of every ward. They name no household."""
        mine = Area.objects.visible_to(user)
        return self.filter(Q(ward__in=mine) | Q(ward__in=mine.values("parent")))

    def in_use(self):
        return self.filter(withdrawn_on=None)

    def for_officers(self):
        return self.filter(audience__in=["officers", "both"])

    def newest_first(self):
        return self.order_by("-made_at", "-pk")


class Material(models.Model):
    """A leaflet, talk, film or slide for outreach and for the training courses: a file or an address.

    Once put in it stays as it is, and may only be withdrawn: what was handed out can be looked up years later.
    """

    class Audience(models.TextChoices):
        FAMILIES = "families", "Hộ gia đình"
        OFFICERS = "officers", "Cán bộ, cộng tác viên"
        BOTH = "both", "Cả hai"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    title = models.CharField("tên tài liệu", max_length=200)
    topic = models.CharField("chủ đề", max_length=200, blank=True)
    audience = models.CharField("dùng cho", max_length=8, choices=Audience)
    author = models.CharField("nơi soạn, nguồn", max_length=200)
    link = models.URLField("địa chỉ trên mạng", max_length=500, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, editable=False)  # bytes
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    withdrawn_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "title"],
                condition=Q(withdrawn_on=None),
                name="material_once",
                violation_error_message="Đã có tài liệu cùng tên đang dùng.",
            ),
            models.CheckConstraint(
                name="material_is_somewhere",
                condition=(~Q(link="") & Q(file_name="", size=None, sha256=""))
                | (Q(link="", size__isnull=False) & ~Q(file_name="") & ~Q(sha256="")),
                violation_error_message="Gửi tệp hoặc ghi địa chỉ trên mạng, một trong hai.",
            ),
            models.CheckConstraint(
                name="material_titled",
                condition=~Q(title="") & ~Q(author=""),
                violation_error_message="Ghi tên tài liệu và nơi soạn.",
            ),
            models.CheckConstraint(
                name="material_audience_known", condition=Q(audience__in=["families", "officers", "both"])
            ),
            models.CheckConstraint(
                name="material_link_is_https",
                condition=Q(link="") | Q(link__startswith="https://"),
                violation_error_message="Địa chỉ trên mạng phải bắt đầu bằng https://.",
            ),
            models.CheckConstraint(
                name="material_size_sensible",
                condition=Q(size=None) | Q(size__gt=0, size__lte=LARGEST),
                violation_error_message="Tệp trống, hoặc quá 20 MB.",
            ),
        ]

    def __str__(self):
        return self.title


class MaterialFile(models.Model):
    """The bytes of a material, kept apart so that lists do not read them."""

    of = models.OneToOneField(Material, models.PROTECT, related_name="file", primary_key=True)
    content = models.BinaryField()

    def __str__(self):
        return str(self.of)
