"""Work done in the background, by the worker beside the web server. Found here by name."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from trainings.actions.learning import taking


@app.periodic(cron="* * * * *")
@app.task(name="hand_in_overdue_attempts", queueing_lock="hand_in_overdue_attempts")
def hand_in_overdue_attempts(timestamp: int) -> None:
    """An attempt whose time is over is handed in as it was saved, though its trainee never comes back."""
    taking.hand_in_overdue(at=now())
