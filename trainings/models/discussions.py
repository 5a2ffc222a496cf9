"""What was asked and shared in the discussion sessions, answered and kept: the ward's knowledge base."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from thanhsen import vietnamese
from thanhsen.models import Area, User
from trainings.models.classes import Session
from trainings.models.courses import Course, OfWardQuerySet, Topic
from trainings.models.roster import Trainee


class ContributionQuerySet(OfWardQuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def unanswered(self):
        return self.filter(kind=Contribution.Kind.QUESTION, answer="")

    def search(self, text):
        """Those that have every word, marks and case aside."""
        found = self
        for word in vietnamese.fold(text).split():
            found = found.filter(fold__contains=word)
        return found

    def newest_first(self):
        return self.order_by("-pk")


class Contribution(models.Model):
    """A question or a practice worth sharing. Published, everybody of the portal's ward reads it, without the name of
    who asked. `step`: of the guidance of the review (`households/guidance/steps.toml`) beside which it is offered."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Câu hỏi"
        PRACTICE = "practice", "Cách làm hay"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khoá"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name="buổi"
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name="người nêu"
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên đề"
    )
    step = models.CharField("bước rà soát", max_length=40, blank=True)
    kind = models.CharField("loại", max_length=8, choices=Kind)
    text = models.TextField("nội dung")
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.CharField("người trả lời", max_length=120, blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    published_at = models.DateTimeField("đưa lên lúc", null=True, blank=True)
    fold = models.TextField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contribution_worded", condition=~Q(text=""), violation_error_message="Ghi nội dung."
            ),
            models.CheckConstraint(
                name="contribution_answer_is_whole",
                condition=Q(answer="", answered_by="", answered_on=None)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_on__isnull=False)),
                violation_error_message="Câu trả lời phải có người trả lời và ngày trả lời.",
            ),
            models.CheckConstraint(
                name="contribution_published_is_answered",
                condition=Q(published_at=None) | Q(kind="practice") | ~Q(answer=""),
                violation_error_message="Trả lời câu hỏi trước khi đưa lên.",
            ),
            models.CheckConstraint(name="contribution_kind_known", condition=Q(kind__in=["question", "practice"])),
        ]  # fmt: skip

    def __str__(self):
        return self.text[:80]

    def save(self, *args, **kwargs):
        self.fold = vietnamese.fold(f"{self.text} {self.answer} {self.legal_basis}")
        super().save(*args, **kwargs)
