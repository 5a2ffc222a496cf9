"""Work done in the background, by the worker beside the web server. Found here by name."""

from django.db import InterfaceError, OperationalError
from django.utils.timezone import localdate
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from households.exchange.imports import work

WHILE_THE_DATABASE_IS_AWAY = RetryStrategy(
    max_attempts=20, wait=15, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(name="work_on_import", queue="imports", retry=WHILE_THE_DATABASE_IS_AWAY)
def work_on_import(import_id: int) -> None:
    work.run(import_id, localdate())


@app.periodic(cron="* * * * *")
@app.task(name="take_up_what_was_cut_short", queueing_lock="take_up_what_was_cut_short")
async def take_up_what_was_cut_short(timestamp: int) -> None:
    """Jobs of a worker that was killed are done by another: it sent no heartbeat for half a minute."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
