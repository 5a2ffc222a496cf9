"""The background worker, run until nothing waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Thread

from django.db import connection, connections
from procrastinate.contrib.django import app

from households.tasks import take_up_what_was_cut_short


def work() -> None:
    """What the worker beside the web server does until nothing is left."""
    _in_its_own_thread(
        lambda worker: worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
    )


def look_for_killed_workers() -> None:
    """What the worker does every minute."""
    _in_its_own_thread(lambda worker: take_up_what_was_cut_short(0))


def forget_all_work() -> None:
    """The library's tables are not emptied between tests as the portal's own are."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def _in_its_own_thread(act: Callable[..., Awaitable]) -> None:
    """A journey's browser has the event loop of the test's own thread."""
    failed: list[BaseException] = []

    async def main() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await act(worker)

    def run() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:  # told in the test's own thread
            failed.append(error)

    kept, connections.settings["default"]["CONN_MAX_AGE"] = connections.settings["default"]["CONN_MAX_AGE"], 0
    try:  # the threads of the tasks end with the loop, and their connections with each task
        thread = Thread(target=run)
        thread.start()
        thread.join()
    finally:
        connections.settings["default"]["CONN_MAX_AGE"] = kept
    if failed:
        raise failed[0]
