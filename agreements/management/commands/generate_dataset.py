"""`manage.py generate_dataset DIR`: a made-up dataset of any size, to try the tracker on."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.dataset.generate import Unfit, generate
from agreements.management.progress import shown_on


def whole_number(least: int) -> Callable[[str], int]:
    """Takes a whole number from the least on."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise ArgumentTypeError(f"{text!r}: expected a whole number from {least} on")
        return int(text)

    return number


class Command(BaseCommand):
    help = "Writes a made-up dataset; the same numbers and the same seed make the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder to write to, made where missing")
        for name, least, what in (
            ("agreements", 1, "how many agreements"),
            ("statements", 0, "how many statements"),
            ("seed", 0, "another number, another dataset"),
        ):
            parser.add_argument(f"--{name}", type=whole_number(least), metavar="N", required=True, help=what)

    def handle(self, *, directory: Path, agreements: int, statements: int, seed: int, **options: Any) -> None:
        try:
            with shown_on(self.stdout) as progress:
                numbers = generate(
                    directory, agreements=agreements, statements=statements, seed=seed, progress=progress
                )
        except Unfit as unfit:
            raise CommandError(f"{directory}: nothing written: {unfit}.") from None
        except OSError as error:
            raise CommandError(f"{directory}: cannot write there: {error.strerror}") from None
        made = ", ".join(f"{number} {table.replace('_', ' ')}" for table, number in numbers.items())
        self.stdout.write(f"Made up and written to {directory}: {made}.")
