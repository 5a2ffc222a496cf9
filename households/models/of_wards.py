"""Rows that belong to a ward: who sees them."""

from django.db import models
from django.db.models import Q

from thanhsen.models import Area


class OfWardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the wards given to `user`, or of the wards their tổ dân phố lie in."""
        mine = Area.objects.under(user.area_ids)
        return self.filter(Q(ward__in=mine) | Q(ward__in=mine.values("parent")))

    def governed_by(self, user):
        """Of the wards that lie wholly in the user's areas: who has one tổ dân phố governs no ward."""
        return self.filter(ward__in=Area.objects.under(user.area_ids))
