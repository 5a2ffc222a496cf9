"""The list of a round: who is on it and why, the requests of households, the quick check (Phiếu A)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.register import Household
from households.models.survey import Round
from thanhsen.models import Area, User


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def waiting(self):
        """Of households still in the register, those no round has taken up and nobody withdrew."""
        return self.filter(taken_in=None, withdrawn_on=None, household__closed_date=None)

    def oldest_first(self):
        return self.order_by("received_on", "pk")


class Request(models.Model):
    """A household's paper: Mẫu số 01 (to be reviewed) or Mẫu số 04 (to be recognised as out of poverty)."""

    class Form(models.TextChoices):
        REVIEW = "01", "Mẫu số 01: đề nghị rà soát hộ nghèo, hộ cận nghèo"
        LEAVING = "04", "Mẫu số 04: đề nghị công nhận thoát nghèo, thoát cận nghèo"

    class Channel(models.TextChoices):
        COUNTER = "counter", "Nộp tại UBND phường"
        GROUP_HEAD = "group_head", "Qua tổ trưởng tổ dân phố"
        POST = "post", "Qua bưu điện"
        ONLINE = "online", "Trực tuyến (cổng dịch vụ công)"
        OTHER = "other", "Cách khác"

    household = models.ForeignKey(Household, models.PROTECT, related_name="requests")
    form = models.CharField("mẫu đơn", max_length=2, choices=Form)
    received_on = models.DateField("nhận ngày")
    channel = models.CharField("cách nộp", max_length=10, choices=Channel)
    applicant = models.CharField("người làm đơn", max_length=120)
    text = models.CharField("nội dung, lý do", max_length=1000, blank=True)
    taken_in = models.ForeignKey(Round, models.PROTECT, null=True, related_name="requests")
    withdrawn_on = models.DateField("rút đơn ngày", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "form"],
                condition=Q(taken_in=None, withdrawn_on=None),
                name="request_one_waiting",
                violation_error_message="Hộ này đã có đơn cùng mẫu đang chờ đưa vào đợt rà soát.",
            ),
            models.CheckConstraint(
                name="request_withdrawn_with_reason",
                condition=Q(withdrawn_on=None, withdrawn_reason="")
                | (
                    Q(withdrawn_on__isnull=False, withdrawn_on__gte=F("received_on"))
                    & ~Q(withdrawn_reason="")
                ),
                violation_error_message="Rút đơn phải có ngày (không trước ngày nhận) và lý do.",
            ),
            models.CheckConstraint(
                name="request_withdrawn_is_not_taken",
                condition=Q(withdrawn_on=None) | Q(taken_in=None),
                violation_error_message="Đơn đã đưa vào đợt rà soát nên không rút được nữa.",
            ),
            models.CheckConstraint(
                name="request_has_an_applicant",
                condition=~Q(applicant=""),
                violation_error_message="Ghi họ tên người làm đơn.",
            ),
            models.CheckConstraint(name="request_form_known", condition=Q(form__in=["01", "04"])),
        ]

    def __str__(self):
        return f"Đơn mẫu {self.form} ngày {self.received_on:%d/%m/%Y}"


class ListingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def in_area(self, area):
        return self.filter(household__area__in=Area.objects.under([area]))

    def present(self):
        """Of households still in the register and in the ward of the round."""
        return self.filter(household__closed_date=None, household__area__parent=F("round__ward"))

    def in_order(self):
        return self.order_by("household__sort_key", "household__code")


class Listing(models.Model):
    """A household on the list of a round, from there to the start of its sheet.

    From the present list of poor and near-poor it goes straight to the survey; so does who asks to leave the
    list (Mẫu 04). Who asks to come on it (Mẫu 01) passes the quick check first (Phiếu A).
    """

    class Source(models.TextChoices):
        PRESENT_LIST = "present_list", "Đang trong danh sách nghèo, cận nghèo"
        REQUEST = "request", "Có đơn đề nghị"
        EARLIER = "earlier", "Phiếu lập trước khi cổng có danh sách"

    class State(models.TextChoices):
        LISTED = "listed", "Trong danh sách rà soát"
        CHECKED = "checked", "Đã nhận dạng nhanh, lập Phiếu B"
        STOPPED = "stopped", "Dừng ở Phiếu A"

    round = models.ForeignKey(Round, models.PROTECT, related_name="listings")
    household = models.ForeignKey(Household, models.PROTECT, related_name="listings")
    source = models.CharField("nguồn", max_length=12, choices=Source)
    request = models.OneToOneField(Request, models.PROTECT, null=True, related_name="listing")
    state = models.CharField("bước", max_length=8, choices=State, default=State.LISTED)
    listed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    listed_at = models.DateTimeField(db_default=Now(), editable=False)
    checked_on = models.DateField("ngày nhận dạng", null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    check_answers = models.JSONField("câu trả lời Phiếu A", default=dict, blank=True)
    check_reason = models.CharField("lý do", max_length=500, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "household"],
                name="listing_once_a_round",
                violation_error_message="Hộ này đã có trong danh sách của đợt rà soát.",
            ),
            models.CheckConstraint(
                name="listing_request_where_asked",
                condition=Q(source="request", request__isnull=False)
                | Q(source__in=["present_list", "earlier"], request__isnull=True),
            ),
            models.CheckConstraint(
                name="listing_state_known", condition=Q(state__in=["listed", "checked", "stopped"])
            ),
            models.CheckConstraint(
                name="listing_check_is_signed",
                condition=Q(state="listed") | Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="listing_stopped_with_reason",
                condition=~Q(state="stopped") | ~Q(check_reason=""),
                violation_error_message="Dừng ở Phiếu A phải ghi lý do để trả lời hộ.",
            ),
        ]

    def __str__(self):
        return f"{self.household.code} · {self.round.name}"

    @property
    def needs_quick_check(self):
        return self.request is not None and self.request.form == Request.Form.REVIEW

    @property
    def may_be_surveyed(self):
        return self.state == self.State.CHECKED or (
            self.state == self.State.LISTED and not self.needs_quick_check
        )
