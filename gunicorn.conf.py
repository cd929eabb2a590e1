"""How gunicorn serves the site, for `make run` and for the image alike; it reads this file by its name."""

import gc
import os

wsgi_app = "tracker.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A filter with many values is a long address.
limit_request_line = 8190
# A second server of the same user would find the first one's socket in its place; nothing here uses it.
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """The program itself is never garbage: what is made later is looked through without it."""
    gc.collect()
    gc.freeze()
