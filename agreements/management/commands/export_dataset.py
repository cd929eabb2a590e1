"""`manage.py export_dataset DIR`: the published record as a dataset's files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.dataset.dump import dump, write


class Command(BaseCommand):
    help = "Writes the published record as a dataset; files of the dataset that are there already are replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder to write to, made where missing")

    def handle(self, *, directory: Path, **options: Any) -> None:
        content = dump()
        try:
            write(content, directory)
        except OSError as error:
            raise CommandError(f"{directory}: cannot write there: {error.strerror}") from None
        self.stdout.write(f"{len(content)} files written to {directory}.")
