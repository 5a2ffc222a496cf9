"""Hands an import to the background work."""

from procrastinate.contrib.django import app

from households.models import Import


def put(imported: Import) -> None:
    """In the caller's transaction: the job is there if, and only if, what asks for it is stored."""
    app.configure_task("work_on_import", lock=f"import-{imported.pk}").defer(import_id=imported.pk)
