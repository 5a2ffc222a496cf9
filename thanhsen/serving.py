"""How gunicorn serves the portal, on a ward's own machine and in the measurements: `gunicorn -c python:thanhsen.serving`.

The portal is loaded once, before the workers are forked: they share its memory, and the first page that somebody opens
does not wait for it.
"""

wsgi_app = "thanhsen.wsgi"
preload_app = True
worker_class = "gthread"
workers = 2
threads = 4
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True


def on_starting(server):
    """Read every address with its view and every page of the portal, half a second's work, before the first asks."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse

    reverse("home")
    folder = settings.BASE_DIR / "templates"
    for page in folder.rglob("*.html"):
        get_template(str(page.relative_to(folder)))
