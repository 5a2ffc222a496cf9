"""Work done in the background, by the worker beside the web server. Found here by name."""

import logging

from django.db import InterfaceError, OperationalError
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from thanhsen.progress import Progress
from trainings.actions import certificates
from trainings.actions.learning import taking
from trainings.models import CertificateBatch

WHILE_THE_DATABASE_IS_AWAY = RetryStrategy(
    max_attempts=20, wait=15, retry_exceptions={OperationalError, InterfaceError}
)
log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="hand_in_overdue_attempts", queueing_lock="hand_in_overdue_attempts")
def hand_in_overdue_attempts(timestamp: int) -> None:
    """An attempt whose time is over is handed in as it was saved, though its trainee never comes back."""
    taking.hand_in_overdue(at=now())


@app.task(name="make_certificates", queue="papers", retry=WHILE_THE_DATABASE_IS_AWAY)
def make_certificates(batch_id: int, address: str) -> None:
    """One PDF of many certificates."""
    batch = CertificateBatch.objects.defer("content").get(pk=batch_id)
    try:
        with Progress(batch) as progress:
            certificates.make_file(batch=batch, address=address, tell=progress.tell)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the job is tried again
    except Exception:
        certificates.give_up(batch=batch)
        log.exception("certificates %s", batch_id)
        raise
