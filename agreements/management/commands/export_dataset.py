"""`manage.py export_dataset DIR [--edition N]`: the published record as a dataset's files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements import editions
from agreements.dataset.dump import write


class Command(BaseCommand):
    help = "Writes the published record as a dataset; files of the dataset that are there already are replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder to write to, made where missing")

        parser.add_argument("--edition", type=int, metavar="N", help="an edition; without it the newest")

    def handle(self, *, directory: Path, edition: int | None, **options: Any) -> None:
        newest = editions.newest()
        last = newest.number if newest else 0
        if edition is not None and not 1 <= edition <= last:
            known = f"the newest is edition {last}" if last else "there is none yet"
            raise CommandError(f"There is no edition {edition}: {known}.")
        content = editions.package_of(edition) if edition else editions.files_of(last)
        try:
            write(content, directory)
        except OSError as error:
            raise CommandError(f"{directory}: cannot write there: {error.strerror}") from None
        self.stdout.write(f"Edition {edition or last}: {len(content)} files written to {directory}.")
