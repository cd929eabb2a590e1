"""The door in as an operator meets it: what the commands print, and with which status they end."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from agreements import publication
from agreements.dataset.load import is_empty, load
from agreements.management.progress import shown_on
from agreements.models import Assessment
from agreements.vocabulary import State
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def run(*arguments):
    """What a command prints, to both its outputs."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_load_prints_plain_lines_and_what_it_did(dataset, folder):
    assert run("load_dataset", dataset.write(folder), "--note", "First") == (
        (
            "Reading tables: 11\nChecking tables: 11\nComparing tables: 11\nWriting tables: 11\n"
            "15 added, 0 changed, 0 withdrawn, 0 unchanged; 0 conflicts, 0 warnings.\n"
        ),
        "",
    )


def test_a_load_lists_conflicts_and_warnings(dataset, folder):
    load(dataset.write(folder))
    with publication.act() as act:
        act.withdraw(Assessment.objects.all(), reason="Made in error.")
    dataset.add("sources", like="gazette-2", id="gazette-3", url="")
    out, err = run("load_dataset", dataset.write(folder))
    assert out.splitlines()[-1] == "1 added, 0 changed, 0 withdrawn, 14 unchanged; 1 conflicts, 1 warnings."
    assert err.splitlines() == [
        "Warning: sources.csv:4: id: found 'gazette-3', expected a source that some row cites",
        "Conflict, left as it is: assessments/rwa-unhcr-2025: withdrawn at the desk; the package still has it",
    ]
    out, _err = run("load_dataset", folder, "--replace")
    assert out.splitlines()[-1] == "1 added, 0 changed, 0 withdrawn, 15 unchanged; 0 conflicts, 1 warnings."


def test_if_empty_does_nothing_where_there_is_a_record(dataset, folder):
    run("load_dataset", dataset.write(folder), "--if-empty")
    dataset.drop("assessments", "rwa-unhcr-2025")
    assert run("load_dataset", dataset.write(folder), "--if-empty") == (
        "There are records already: nothing loaded.\n",
        "",
    )
    assert Assessment.objects.published().exists()


def test_a_faulty_package_is_an_error_after_every_fault_was_listed(dataset, folder):
    dataset.change("sources", "gazette-1", kind="rumour", title="")
    dataset.change("agreements", "us-rw-2025", summary="\0" + "long " * 100)
    err = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("load_dataset", str(dataset.write(folder)), stderr=err, stdout=io.StringIO())
    assert str(caught.value) == f"{folder}: nothing loaded; number of faults: 3"
    first, *others = err.getvalue().splitlines()
    assert first.startswith(r"agreements.csv:2: summary: found '\x00long long")
    assert first.endswith("expected text without control characters (this has U+0000)")
    assert others == [
        "sources.csv:2: title: found nothing, expected a value",
        (
            "sources.csv:2: kind: found 'rumour', expected one of news, government, court, intergovernmental, ngo,"
            " academic, reference"
        ),
    ]
    assert is_empty()


def test_a_faulty_package_ends_with_status_1_and_no_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "load_dataset", str(tmp_path / "nowhere")],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{tmp_path}/nowhere: expected a folder with a dataset's files",
        f"CommandError: {tmp_path}/nowhere: nothing loaded; number of faults: 1",
    ]


def test_an_export_writes_what_was_loaded(dataset, folder, tmp_path):
    load(dataset.write(folder))
    assert run("export_dataset", tmp_path / "out") == (f"Edition 1: 12 files written to {tmp_path / 'out'}.\n", "")
    for path in folder.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_an_edition_that_there_is_not_is_an_error_that_names_the_newest(dataset, folder, tmp_path):
    with pytest.raises(CommandError, match="There is no edition 1: there is none yet"):
        run("export_dataset", tmp_path / "out", "--edition", 1)
    load(dataset.write(folder))
    for number in (0, 2):
        with pytest.raises(CommandError, match=f"There is no edition {number}: the newest is edition 1"):
            run("export_dataset", tmp_path / "out", "--edition", number)
    assert not (tmp_path / "out").exists()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    load(dataset.change("sources", "gazette-1", title="Corrected").write(folder))
    out, _err = run("export_dataset", tmp_path / "out", "--edition", 1)
    assert out == f"Edition 1: 13 files written to {tmp_path / 'out'}.\n"
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    readme = written.pop("README.md").decode()
    assert written == before
    for said in ("edition 1, made on", "| sources.csv | 2 |", "CC BY 4.0", "/data/editions/1/changes.csv"):
        assert said in readme


def test_a_redaction_says_where_the_words_were(dataset, folder):
    load(dataset.write(folder))
    make_source("draft", title="Jeanne", state=State.DRAFT)
    assert run("redact", "sources", "gazette-1", "title") == ("Redacted from edition 1 on; edition 2 says so.\n", "")
    assert run("redact", "sources", "draft", "title", "--words", "Jeanne") == (
        "Redacted at the desk; no edition held the words.\n",
        "",
    )


def test_an_export_to_where_nothing_can_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot write there: File exists"):
        run("export_dataset", tmp_path / "file")


def test_a_terminal_gets_a_bar():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    with shown_on(OutputWrapper(terminal)) as progress:
        for done in range(1, 12):
            progress("Reading tables", done, 11)
    assert "Reading tables" in terminal.getvalue()
    assert "11/11" in terminal.getvalue()
    assert "Reading tables: 11" not in terminal.getvalue()


def test_loading_imports_no_charts():
    program = (
        "import sys, django; django.setup(); import agreements.management.commands.load_dataset;"
        "print('plotly' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tracker.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
