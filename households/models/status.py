"""The legal status of a household, the decision it comes from, and the entered totals of a tổ dân phố."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.profile import Profile
from households.models.register import Household
from households.models.survey import CLASSIFICATIONS, Round, Score
from households.poverty import Classification
from thanhsen.models import Area, DateRange, User

LISTED = (Classification.POOR.value, Classification.NEAR_POOR.value)


class Decision(models.Model):
    """An act of the ward chair: number, date, signer. The only source of a legal status."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="decisions", verbose_name="phường")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="đợt rà soát"
    )
    number = models.CharField("số quyết định", max_length=40)
    date = models.DateField("ngày quyết định")
    signer = models.CharField("người ký", max_length=120)
    standard_id = models.CharField("chuẩn nghèo", max_length=20)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="đính chính"
    )
    reason = models.CharField("lý do đính chính hoặc quyết định muộn", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("ward"), F("number"), models.functions.ExtractYear("date"),
                name="decision_number_once_a_year",
                violation_error_message="Số quyết định này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="decision_numbered_and_signed",
                condition=~Q(number="") & ~Q(signer=""),
                violation_error_message="Quyết định phải có số và người ký.",
            ),
            models.CheckConstraint(
                name="decision_correction_has_reason",
                condition=Q(corrects=None) | ~Q(reason=""),
                violation_error_message="Quyết định đính chính phải nêu lý do.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Quyết định {self.number}"

    @property
    def root(self):
        """The decision on the sheets: the one that this one, and those between them, correct."""
        return self.corrects.root if self.corrects else self


class StatusQuerySet(models.QuerySet):
    def on(self, day):
        """The statuses in force on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def poor(self):
        return self.filter(classification=Classification.POOR.value)

    def near_poor(self):
        return self.filter(classification=Classification.NEAR_POOR.value)

    def listed(self):
        return self.filter(classification__in=LISTED)

    def as_decided(self):
        """Those that come straight from their decision, not from a life event that continued one."""
        return self.filter(event=None)

    def visible_to(self, user):
        return self.filter(area__in=Area.objects.under(user.area_ids))


class StatusManager(models.Manager.from_queryset(StatusQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        """Without the rows that were undone: no reader counts them."""
        return super().get_queryset().filter(voided_at=None)


class Status(Profile):
    """What a household legally was between two days: class, standard, decision.

    `area`, `size` (people), `lacking` and the profile are as decided, so that reports of a past year do not move with
    the register. `valid_to` is the first day it no longer holds. A life event that changes the people or the
    tổ dân phố ends the row and continues it with another of the same decision: `ending_event`, `event`. A file of past
    years may bring rows and end others: `imported`, `ended_by_import`. A row that turned out never to have held is
    kept with `voided_at`; `objects` leaves it out.
    """

    class EndReason(models.TextChoices):
        NEW_DECISION = "new_decision", "Có quyết định mới"
        MOVED_OUT = "moved_out", "Chuyển đi nơi khác"
        DIED_OUT = "died_out", "Hộ đơn thân chết"
        MERGED = "merged", "Nhập với hộ khác"
        DUPLICATE = "duplicate", "Ghi trùng với hộ khác"
        MISTAKE = "mistake", "Ghi nhầm"
        CHANGED = "changed", "Thay đổi nhân khẩu, tổ dân phố"

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="statuses", db_index=False
    )  # its index has the day too
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="statuses")
    score = models.ForeignKey(Score, models.PROTECT, null=True, related_name="+")
    classification = models.CharField("phân loại", max_length=9, choices=CLASSIFICATIONS)
    proposed = models.CharField("máy đề xuất", max_length=9, choices=CLASSIFICATIONS, blank=True)
    departure_reason = models.CharField("lý do khác đề xuất", max_length=500, blank=True)
    standard_id = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField("số nhân khẩu")
    lacking = ArrayField(models.CharField(max_length=20), default=list)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    end_reason = models.CharField("lý do hết", max_length=12, choices=EndReason, blank=True)
    event = models.ForeignKey("LifeEvent", models.PROTECT, null=True, blank=True, related_name="statuses")
    ending_event = models.ForeignKey(
        "LifeEvent", models.PROTECT, null=True, blank=True, related_name="ended_statuses"
    )
    imported = models.ForeignKey(
        "Import", models.PROTECT, null=True, blank=True, editable=False, related_name="statuses"
    )
    ended_by_import = models.ForeignKey(
        "Import", models.PROTECT, null=True, blank=True, editable=False, related_name="ended_statuses"
    )
    voided_at = models.DateTimeField(null=True, editable=False)

    objects = StatusManager()
    with_voided = StatusQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "classification", "valid_from"], name="status_of_area"),
            models.Index(fields=["household", "valid_from"], name="status_of_household"),
        ]
        constraints = [
            ExclusionConstraint(
                name="status_one_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
                violation_error_message="Một hộ không thể có hai phân loại cùng một ngày.",
            ),
            models.CheckConstraint(
                name="status_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="status_ended_with_reason",
                condition=Q(valid_to=None, end_reason="") | (Q(valid_to__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="status_classification_known",
                condition=Q(classification__in=[value for value, _ in CLASSIFICATIONS]),
            ),
            models.CheckConstraint(
                name="status_ended_by_event_that_ends",
                condition=Q(ending_event=None) | Q(valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="status_voided_was_of_an_event",
                condition=Q(voided_at=None) | Q(event__isnull=False) | Q(imported__isnull=False),
            ),
            models.CheckConstraint(name="status_has_people", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="status_departure_has_reason",
                condition=Q(proposed="") | Q(proposed=F("classification")) | ~Q(departure_reason=""),
                violation_error_message="Quyết định khác với phân loại máy đề xuất phải ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.get_classification_display()} từ {self.valid_from:%d/%m/%Y}"


class AreaTotal(models.Model):
    """Households and people who live in a tổ dân phố in a year: figures the ward enters, with their source.

    `minority_households`: of the households, those of an ethnic minority; None while the ward has no figure.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="totals", verbose_name="tổ dân phố")
    year = models.PositiveSmallIntegerField("năm")
    households = models.PositiveIntegerField("tổng số hộ")
    people = models.PositiveIntegerField("tổng số nhân khẩu")
    minority_households = models.PositiveIntegerField("số hộ dân tộc thiểu số", null=True, blank=True)
    source = models.CharField("nguồn số liệu", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="total_once_a_year"),
            models.CheckConstraint(
                name="total_people_at_least_households",
                condition=Q(people__gte=F("households")),
                violation_error_message="Số nhân khẩu không thể ít hơn số hộ.",
            ),
            models.CheckConstraint(
                name="total_minority_at_most_households",
                condition=Q(minority_households__lte=F("households")),  # unknown passes
                violation_error_message="Số hộ dân tộc thiểu số không thể nhiều hơn số hộ.",
            ),
            models.CheckConstraint(
                name="total_sensible", condition=Q(households__lte=1_000_000, people__lte=5_000_000)
            ),
            models.CheckConstraint(
                name="total_has_source",
                condition=~Q(source=""),
                violation_error_message="Cần ghi nguồn số liệu.",
            ),
        ]

    def __str__(self):
        return f"{self.area} {self.year}"
