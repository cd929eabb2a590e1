"""How a command shows that it gets on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper


@contextmanager
def shown_on(out: OutputWrapper) -> Iterator[Callable[[str, int, int], None]]:
    """A function to be told the stage, how much of it is done, and how much there is."""
    if not out.isatty():
        yield lambda stage, done, total: out.write(f"{stage}: {total}") if done == total else None
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(file=out._out)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done)

        yield show
