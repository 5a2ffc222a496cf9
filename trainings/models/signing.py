"""Who signs the papers of a course: the chair, or a deputy for the chair."""

from django.db import models


class SignerTitle(models.TextChoices):
    """The words over a signature, as they are printed; " / " where a line ends. Stored whole, so that a paper keeps what
    stood on it. By decree 30/2020/NĐ-CP, Appendix I, a deputy signs for the head: KT."""

    CHAIR = "CHỦ TỊCH", "Chủ tịch"
    DEPUTY = "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Phó Chủ tịch ký thay Chủ tịch (KT.)"


LINE_END = " / "
LONGEST = 60


def lines_of(title: str) -> list[str]:
    return title.split(LINE_END)


def signer_title() -> models.CharField:
    return models.CharField(
        "chức danh ký", max_length=LONGEST, choices=SignerTitle, default=SignerTitle.CHAIR
    )


def title_is_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(signer_title__in=SignerTitle.values),
        violation_error_message="Chọn người ký là Chủ tịch hay Phó Chủ tịch ký thay.",
    )
