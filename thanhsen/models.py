"""Users, areas and the trail of acts: what every wing of the portal stands on."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from thanhsen import vietnamese
from thanhsen.permissions import PLAYED, ROLE_PERMISSIONS, WHOLE_PORTAL, Permission, Role


class AreaKind(models.TextChoices):
    PROVINCE = "province", "Tỉnh"
    WARD = "ward", "Phường, xã"
    GROUP = "group", "Tổ dân phố, thôn"


class AreaType(models.TextChoices):
    URBAN = "urban", "Thành thị"
    RURAL = "rural", "Nông thôn"


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class AreaQuerySet(models.QuerySet):
    def groups(self):
        return self.filter(kind=AreaKind.GROUP)

    def wards(self):
        return self.filter(kind=AreaKind.WARD)

    def valid_on(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def under(self, areas):
        """`areas` (a list or queryset of ids or areas) with everything that lies in them."""
        return self.filter(Q(pk__in=areas) | Q(parent__in=areas) | Q(parent__parent__in=areas))

    def visible_to(self, user):
        if user.role == Role.ADMIN and not user.area_ids:
            return self.real()
        return self.under(user.area_ids)

    def wards_of(self, user):
        """The wards `user` works in, also by a single tổ dân phố."""
        mine = Area.objects.under(user.area_ids)
        return self.wards().filter(Q(pk__in=mine) | Q(pk__in=mine.values("parent")))

    def real(self):
        """Without the wards invented for practice, which only those who practise there see."""
        return self.filter(is_practice=False)

    def in_order(self):
        return self.order_by("sort_key", "code")


class Area(models.Model):
    """A province, a ward or a tổ dân phố, as it was between two days.

    A code may serve again after its area ended (18073 was phường Nam Hà before it was Thành Sen), so a
    code alone names nothing: it needs a day.
    """

    kind = models.CharField("loại", max_length=8, choices=AreaKind)
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên", max_length=120)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    area_type = models.CharField("khu vực", max_length=5, choices=AreaType, default=AreaType.URBAN)
    valid_from = models.DateField("có từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    is_practice = models.BooleanField("bịa ra để thực hành", default=False, editable=False)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True, verbose_name="hình thành từ"
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="area_dates_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Ngày hết hiệu lực phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="area_only_province_has_no_parent",
                condition=Q(kind=AreaKind.PROVINCE, parent=None)
                | (~Q(kind=AreaKind.PROVINCE) & Q(parent__isnull=False)),
                violation_error_message="Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường.",
            ),
            models.CheckConstraint(name="area_kind_known", condition=Q(kind__in=AreaKind.values)),
            models.CheckConstraint(name="area_type_known", condition=Q(area_type__in=AreaType.values)),
            models.CheckConstraint(name="area_named", condition=~Q(name="") & ~Q(code="")),
            ExclusionConstraint(
                name="area_code_once_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Mã này đang dùng cho một nơi khác trong cùng thời gian.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = vietnamese.clean(self.name)
        self.sort_key = vietnamese.sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def is_group(self):
        return self.kind == AreaKind.GROUP


class UserQuerySet(models.QuerySet):
    def visible_to(self, admin):
        """The people whose areas all lie in those of `admin`; every real one for an admin bound to none."""
        if not admin.area_ids:
            return self.filter(practice_of=None)
        inside = Area.objects.under(admin.area_ids)
        return self.filter(pk__in=User.areas.through.objects.filter(area__in=inside).values("user")).exclude(
            pk__in=User.areas.through.objects.exclude(area__in=inside).values("user")
        )

    def search(self, text):
        """People whose username, phone or name has every word, marks and case aside."""
        found = self.annotate(
            plain=Func(
                models.functions.Concat(
                    "full_name", models.Value(" "), "username", models.Value(" "), "phone"
                ),
                function="fold",
                output_field=models.TextField(),
            )
        )
        for word in vietnamese.fold(text).split():
            found = found.filter(plain__contains=word)
        return found

    def in_order(self):
        return self.order_by("sort_key", "username")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in: one role, bound to areas at any level."""

    username = models.CharField("tên đăng nhập", max_length=60)
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    position = models.CharField("chức vụ", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=10, blank=True)
    role = models.CharField("vai trò", max_length=10, choices=Role)
    areas = models.ManyToManyField(Area, related_name="users", blank=True, verbose_name="địa bàn")
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    practice_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="practice_users",
        verbose_name="thực hành của",
    )  # whoever plays this account in a practice ward; nobody signs in with it

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("username"),
                name="user_username_once",
                violation_error_message="Tên đăng nhập này đã có người dùng.",
            ),
            models.CheckConstraint(name="user_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="user_practice_cannot_sign_in",
                condition=Q(practice_of=None) | Q(password__startswith="!"),  # noqa: S106 (the mark of none)
                violation_error_message="Tài khoản thực hành không có mật khẩu: chỉ đóng vai từ trang Thực hành.",
            ),
            models.CheckConstraint(
                name="user_practice_role", condition=Q(practice_of=None) | Q(role__in=PLAYED)
            ),
            models.CheckConstraint(
                name="user_phone_ten_digits",
                condition=Q(phone="") | Q(phone__regex=r"^0[0-9]{9}$"),
                violation_error_message="Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = vietnamese.clean(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def area_ids(self):
        """Ids of the areas given to this user, read once per request."""
        if not hasattr(self, "_area_ids"):
            self._area_ids = list(self.areas.values_list("pk", flat=True))
        return self._area_ids

    def may(self, permission: Permission) -> bool:
        if self.practice_of_id is not None and permission in WHOLE_PORTAL:
            return False
        return self.is_active and permission in ROLE_PERMISSIONS[Role(self.role)]


class Holiday(models.Model):
    """A day that working days skip, or a day of a weekend that is worked instead: entered, never guessed."""

    class Kind(models.TextChoices):
        OFF = "off", "Nghỉ lễ"
        WORKED = "worked", "Làm bù (thứ bảy, chủ nhật)"

    date = models.DateField("ngày")
    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=6, choices=Kind, default=Kind.OFF)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nhập")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["date"], name="holiday_once",
                violation_error_message="Ngày này đã có trong danh sách; bỏ dòng cũ rồi thêm lại.",
            ),
            models.CheckConstraint(
                name="holiday_made_up_on_a_weekend",
                condition=~Q(kind="worked") | Q(date__iso_week_day__gte=6),
                violation_error_message="Ngày làm bù phải là thứ bảy hoặc chủ nhật; ngày thường đã là ngày làm việc.",
            ),
            models.CheckConstraint(
                name="holiday_named",
                condition=~Q(name=""),
                violation_error_message="Ghi tên ngày nghỉ.",
            ),
            models.CheckConstraint(name="holiday_kind_known", condition=Q(kind__in=["off", "worked"])),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name} {vietnamese.day(self.date)}"


class EventQuerySet(models.QuerySet):
    def about(self, record):
        return self.filter(record_type=record._meta.label_lower, record_id=record.pk)

    def visible_to(self, user):
        """The reader's own acts, acts in their areas, and other acts of people whose areas all lie in theirs."""
        if not user.area_ids:
            return self.filter(actor=user)
        people = User.objects.visible_to(user).values("pk")
        about_people = Q(actor=None, record_type=User._meta.label_lower, record_id__in=people)
        nowhere = Q(area=None) & (Q(actor__in=people) | about_people)
        return self.filter(
            Q(actor=user) | Q(area__in=Area.objects.under(user.area_ids).values("pk")) | nowhere
        )

    def before(self, event_id):
        """Older than this event, for paging; everything where there is no such event."""
        if event_id is None:
            return self
        at = Event.objects.filter(pk=event_id).values_list("at", flat=True).first()
        return self.filter(Q(at__lt=at) | Q(at=at, pk__lt=event_id)) if at else self

    def newest_first(self):
        return self.order_by("-at", "-pk")


class Event(models.Model):
    """One act or one read: who, when, what, on which record, what it was before and after, and why.

    Written only by `thanhsen.events`. The database refuses to change or remove a row.
    """

    at = models.DateTimeField("lúc", db_default=Now())
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    act = models.CharField("việc", max_length=40)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True)
    record_name = models.CharField("hồ sơ", max_length=200, blank=True)
    records = ArrayField(models.BigIntegerField(), default=list, verbose_name="các hồ sơ đã xem hoặc xuất")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="địa bàn")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    address = models.GenericIPAddressField("địa chỉ", null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["record_type", "record_id", "-at"], name="event_of_record"),
            models.Index(fields=["-at"], name="event_newest"),
            models.Index(fields=["actor", "-at"], name="event_of_actor"),
        ]
        constraints = [models.CheckConstraint(name="event_act_named", condition=~Q(act=""))]

    def __str__(self):
        return f"{self.act} {self.record_name}"


class IdempotencyKey(models.Model):
    """A page that was sent, by the key it carries (`request_id`), and the fingerprint of what it asked for.

    Written and read only by `thanhsen.concurrency.once`: sent again, it makes nothing more.
    """

    key = models.UUIDField(primary_key=True)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return str(self.key)
