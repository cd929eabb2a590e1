"""`manage.py redact TABLE ID COLUMN`: words out of every edition and of the desk, for a person's sake or a court's."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements import editions, publication


class Command(BaseCommand):
    help = "Takes a text, or some words of it, out of a record in every edition and at the desk. It cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABLE", help="a table of the dataset, such as officials")
        parser.add_argument("id", metavar="ID", help="the public id of the record")
        parser.add_argument("column", metavar="COLUMN", help="a column of free text or of addresses")
        parser.add_argument("--words", default="", help="only these words; without them the whole text goes")

    def handle(self, *, table: str, id: str, column: str, words: str, **options: Any) -> None:
        try:
            done = publication.redact(table, id, column, words=words)
        except (LookupError, ValueError) as wrong:
            raise CommandError(wrong.args[0]) from None
        editions.forget_files()
        if done.edition is None:
            self.stdout.write("Redacted at the desk; no edition held the words.")
        else:
            self.stdout.write(f"Redacted from edition {done.first} on; edition {done.edition.number} says so.")
