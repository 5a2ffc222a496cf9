"""The address in the QR code of a certificate."""

from django.http import HttpRequest
from django.urls import reverse

from trainings.models.roster import ALPHABET

ANY_CODE = ALPHABET[0] * 16  # stands for a code while an address is put together


def public_address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("certificate_check", args=[code]))
