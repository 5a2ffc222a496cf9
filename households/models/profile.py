"""What a household was like when it was surveyed and decided on: what reports count it by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from households.models.causes import Cause, Shock
from households.models.people import Ethnicity, Livelihood, Sex


class Profile(models.Model):
    """The groups, children, causes and shocks of a household, kept with its score and with its status.

    Kept, not looked up: a later change of the register or of a sheet moves no report of a past year.
    `children` are people under 16; `children_unhealthy` of them lack health insurance or are undernourished,
    `children_unschooled` do not attend the level for their age. Ethnicity and sex are the head's.
    """

    ethnicity = models.CharField("dân tộc", max_length=2, choices=Ethnicity, blank=True)
    head_sex = models.CharField("giới tính chủ hộ", max_length=6, choices=Sex, blank=True)
    no_labour = models.BooleanField("không có khả năng lao động", default=False)
    merit = models.BooleanField("có người có công với cách mạng", default=False)
    social_protection = models.BooleanField("hộ bảo trợ xã hội", default=False)
    livelihood = models.CharField("sinh kế chính", max_length=8, choices=Livelihood, blank=True)
    children = models.PositiveSmallIntegerField("trẻ em", default=0)
    children_unhealthy = models.PositiveSmallIntegerField("trẻ em thiếu hụt y tế", default=0)
    children_unschooled = models.PositiveSmallIntegerField("trẻ em thiếu hụt giáo dục", default=0)
    causes = ArrayField(
        models.CharField(max_length=10, choices=Cause), default=list, blank=True, verbose_name="nguyên nhân"
    )
    main_cause = models.CharField("nguyên nhân chính", max_length=10, choices=Cause, blank=True)
    shocks = ArrayField(
        models.CharField(max_length=10, choices=Shock), default=list, blank=True, verbose_name="biến cố"
    )

    class Meta:
        abstract = True


# The fields in their order, as they are copied from a score to a status and on.
PROFILE = tuple(field.name for field in Profile._meta.local_fields)
