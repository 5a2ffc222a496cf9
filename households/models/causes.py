"""Why a household is poor, and what pushed it back: the choices."""

from django.db import models


class Cause(models.TextChoices):
    """The eight causes of form 10, in its order."""

    LAND = "land", "Không có đất sản xuất"
    CAPITAL = "capital", "Không có vốn sản xuất, kinh doanh"
    LABOUR = "labour", "Không có lao động"
    TOOLS = "tools", "Không có công cụ, phương tiện sản xuất"
    KNOWLEDGE = "knowledge", "Không có kiến thức về sản xuất"
    SKILLS = "skills", "Không có kỹ năng lao động, sản xuất"
    ILLNESS = "illness", "Có người ốm đau, bệnh nặng, tai nạn"
    OTHER = "other", "Nguyên nhân khác"


class Shock(models.TextChoices):
    """What pushes households back, and may strike many of them at once."""

    MARKET = "market", "Thị trường, mất giá"
    DISASTER = "disaster", "Thiên tai"
    EPIDEMIC = "epidemic", "Dịch bệnh"
    CLIMATE = "climate", "Biến đổi khí hậu"
    ILLNESS = "illness", "Ốm đau, tai nạn"
    JOB_LOSS = "job_loss", "Mất việc"
