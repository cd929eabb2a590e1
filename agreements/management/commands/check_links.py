"""`manage.py check_links`: which sources are dead or have moved."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.link_checks import WrongOption, check
from agreements.management.progress import shown_on
from agreements.vocabulary import LinkState


class Command(BaseCommand):
    help = "Asks the addresses of sources and records which are dead or have moved; no record is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, metavar="N", help="ask N sources at most")
        parser.add_argument(
            "--older-than",
            type=int,
            default=30,
            metavar="DAYS",
            help="leave alone what was asked in the last DAYS days (default: 30)",
        )
        parser.add_argument(
            "--source", action="append", default=[], metavar="ID", help="ask this one now; may be given repeatedly"
        )
        parser.add_argument(
            "--host-pause",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="pause between two requests to a host (default: 1)",
        )

    def handle(
        self, *, limit: int | None, older_than: int, source: list[str], host_pause: float, **options: Any
    ) -> None:
        try:
            with shown_on(self.stdout) as progress:
                checks = check(
                    limit=limit, older_than=older_than, only=source, host_pause=host_pause, progress=progress
                )
        except WrongOption as wrong:
            raise CommandError(str(wrong)) from None
        except KeyboardInterrupt:
            raise CommandError("Interrupted: what was answered until then is recorded.", returncode=130) from None
        for dead in checks:
            if dead.state == LinkState.DEAD:
                self.stdout.write(f"Dead since {dead.failing_since:%Y-%m-%d}: {dead.source_id} {dead.url}")
        count = Counter(check.state for check in checks)
        numbers = ", ".join(f"{count[state]} {state.in_sentence}" for state in LinkState)
        self.stdout.write(f"{len(checks)} addresses: {numbers}.")
