"""Writes the `.env` of a demo on this machine, with a random key: `python3 -m tools.demo_environment FILE PORT`."""

import os
import secrets
import sys

TEMPLATE = """\
# Made by `make run` for a demo on this machine, and never overwritten. docs/operating.md names every variable. For a
# site that others reach, remove the last two lines (both rules are on by default), and give its own name and address.
SECRET_KEY={key}
ALLOWED_HOSTS=localhost,127.0.0.1,[::1]
SITE_URL=http://127.0.0.1:{port}
TWO_PERSON_RULE=0
REQUIRE_TOTP=0
"""

if __name__ == "__main__":
    path, port = sys.argv[1:]
    # Made with the mode it keeps: at no moment can another user read the key.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(TEMPLATE.format(key=secrets.token_urlsafe(50), port=port))
