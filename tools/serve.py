"""The last steps of `make run`, in one process since starting Python and Django takes longest: `-m tools.serve PORT`.

Brings the database up to date, loads the shipped data if it is empty, says where the site is, and becomes the server.
"""

import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command


def refuse_a_port_in_use(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}): make run PORT={port + 1}")


def main(port: int) -> None:
    refuse_a_port_in_use(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_dataset", "data", if_empty=True)
    except CommandError as error:
        sys.exit(str(error))
    if settings.SITE_URL.startswith("http://127.0.0.1:"):
        # A demo's citations lead to where it runs today, whichever port the first run had.
        os.environ["SITE_URL"] = f"http://127.0.0.1:{port}"
    print(
        f"\nThird Country Tracker: http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"
        f"The editors' desk:     http://127.0.0.1:{port}/{settings.ADMIN_PATH}\n"
        "An account for it:     .venv/bin/python manage.py create_editor NAME\n",
        flush=True,
    )
    gunicorn = Path(sys.executable).with_name("gunicorn")
    os.execv(gunicorn, [str(gunicorn), "--bind", f"127.0.0.1:{port}", "--log-level", "warning"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
