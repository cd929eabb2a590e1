"""`manage.py load_dataset DIR`: a dataset into the database, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.dataset.load import Refused, is_empty, load
from agreements.management.progress import shown_on


class Command(BaseCommand):
    help = "Loads a dataset (eleven CSV files and datapackage.json), or lists every fault in it and loads nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder with the dataset's files")
        parser.add_argument("--note", default="", help="public note; also the reason of what is withdrawn")
        parser.add_argument("--replace", action="store_true", help="let the dataset win over changes made at the desk")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are records already")

    def handle(self, *, directory: Path, note: str, replace: bool, if_empty: bool, **options: Any) -> None:
        if if_empty and not is_empty():
            self.stdout.write("There are records already: nothing loaded.")
            return
        try:
            with shown_on(self.stdout) as progress:
                report = load(directory, note=note, replace=replace, progress=progress)
        except Refused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{directory}: nothing loaded; number of faults: {len(refused.faults)}") from None
        for warning in report.warnings:
            self.stderr.write(f"Warning: {warning}")
        for conflict in report.conflicts:
            self.stderr.write(f"Conflict, left as it is: {conflict}")
        self.stdout.write(
            f"{report.added} added, {report.changed} changed, {report.withdrawn} withdrawn,"
            f" {report.unchanged} unchanged; {len(report.conflicts)} conflicts, {len(report.warnings)} warnings."
        )
