"""A made-up dataset of any size: sound, plainly made up, and the same whenever it is asked for."""

import csv
import io
import re
from itertools import groupby, pairwise
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agreements.dataset import schema
from agreements.dataset.dump import dump
from agreements.dataset.generate import Unfit, generate
from agreements.dataset.load import load
from agreements.dataset.made_up import FOLLOWS, MadeUp
from agreements.vocabulary import Counting, Precision

AGREEMENTS, STATEMENTS = 40, 90


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up")
    generate(folder, agreements=AGREEMENTS, statements=STATEMENTS, seed=1)
    return folder


@pytest.mark.django_db
def test_it_is_loaded_without_a_fault_and_comes_out_byte_for_byte(made_up):
    report = load(made_up)
    assert (report.conflicts, report.warnings) == ([], [])
    assert dump() == content_of(made_up)


def test_it_has_as_many_agreements_and_statements_as_were_asked_for(made_up):
    assert len(rows_of(made_up, "agreements")) == AGREEMENTS
    assert len(rows_of(made_up, "statements")) == STATEMENTS


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(made_up, tmp_path):
    again, other = tmp_path / "again", tmp_path / "other"
    generate(again, agreements=AGREEMENTS, statements=STATEMENTS, seed=1)
    assert content_of(again) == content_of(made_up)
    generate(other, agreements=AGREEMENTS, statements=STATEMENTS, seed=2)
    same = {name for name, content in content_of(other).items() if content == content_of(made_up)[name]}
    assert same == {"countries.csv"}


def test_nobody_can_take_it_for_true(made_up):
    assert "Made-up" in (made_up / schema.DESCRIPTOR_FILE).read_text()
    for table, columns in {
        "agreements": ("title", "summary"),
        "status_changes": ("note",),
        "statements": ("summary",),
        "sources": ("title", "publisher"),
        "positions": ("title",),
        "proceedings": ("name", "court"),
        "assessments": ("title", "body"),
    }.items():
        for row in rows_of(made_up, table):
            for column in columns:
                assert re.search("made[ -]up", row[column], re.IGNORECASE), (table, row)
    hosts = {urlsplit(row["url"]).hostname for row in rows_of(made_up, "sources") if row["url"]}
    assert all(re.search(r"\.example(\.(com|net|org))?$", host) for host in hosts)


def test_it_has_what_real_records_have(made_up):
    changes, statements = rows_of(made_up, "status_changes"), rows_of(made_up, "statements")
    assert {row["precision"] for row in changes} == set(Precision)
    assert any(row["status_change"] for row in statements)
    assert any(";" in row["agreements"] for row in statements)
    assert any(row["quote"] for row in statements)
    assert any(row["part_of"] for row in rows_of(made_up, "payments"))
    assert any(row["date"] == "" for row in rows_of(made_up, "payments"))
    assert {row["counting"] for row in rows_of(made_up, "transfers")} == set(Counting)
    assert any(";" in row["nationalities"] for row in rows_of(made_up, "transfers"))
    assert rows_of(made_up, "proceedings")
    assert rows_of(made_up, "assessments")
    speakers = {row["official"] for row in statements}
    assert speakers == {row["id"] for row in rows_of(made_up, "officials")}
    assert speakers == {row["official"] for row in rows_of(made_up, "positions")}


def test_a_negotiation_goes_the_ways_that_there_are(made_up):
    for _agreement, steps in groupby(rows_of(made_up, "status_changes"), key=lambda row: row["agreement"]):
        for before, after in pairwise([step["status"] for step in steps]):
            assert after in FOLLOWS[before]


def test_as_many_agreements_as_can_be_told_apart_have_ids_of_their_own():
    countries = rows_of(settings.BASE_DIR / "data", "countries")
    most = MadeUp(countries, agreements=1, statements=0, seed=1).most_agreements
    ids = {id for id, _sender, _receiver in MadeUp(countries, agreements=most, statements=0, seed=1).parties()}
    assert len(ids) == most > 100_000
    assert all(re.fullmatch("[a-z]{2}-[a-z]{2}-[0-9]{4}(-[b-z])?", id) for id in ids)
    with pytest.raises(ValueError, match=f"at most {most} agreements"):
        MadeUp(countries, agreements=most + 1, statements=0, seed=1)


# --- The command ----------------------------------------------------------------------------------


def run(folder, *, agreements="2", statements="3", seed="1"):
    out = io.StringIO()
    call_command(
        "generate_dataset",
        str(folder),
        f"--agreements={agreements}",
        f"--statements={statements}",
        f"--seed={seed}",
        stdout=out,
    )
    return out.getvalue()


def test_the_command_says_how_it_gets_on_and_what_it_wrote(folder):
    *progress, last = run(folder).splitlines()
    assert progress == ["Making agreements: 2", "Writing tables: 11"]
    assert last.startswith(f"Made up and written to {folder}: 251 countries, 2 agreements, ")
    assert ", 3 statements, " in last


def test_an_earlier_dataset_is_replaced_and_what_was_left_of_one_does_no_harm(folder):
    run(folder, seed="2")
    (folder / ".statements.csv.part").write_text("half")
    run(folder, seed="1")
    assert set(content_of(folder)) == {schema.DESCRIPTOR_FILE, *(table.file for table in schema.TABLES.values())}
    assert b"seed: 1." in (folder / schema.DESCRIPTOR_FILE).read_bytes()


def test_a_folder_with_anything_else_in_it_is_left_alone(folder):
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")
    with pytest.raises(CommandError, match=r"nothing written: expected a new or empty folder.*, not letter\.txt\.$"):
        run(folder)
    assert set(content_of(folder)) == {"letter.txt"}


@pytest.mark.parametrize("place", ["data", "data/more", "data/../data"])
def test_the_shipped_dataset_is_never_written_over(place):
    with pytest.raises(CommandError, match="nothing written: expected another folder than that of the shipped dataset"):
        run(settings.BASE_DIR / place)
    assert not (settings.BASE_DIR / "data" / "more").exists()


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="nothing written: expected a folder"):
        run(tmp_path / "file")
    with pytest.raises(CommandError, match="cannot write there: Not a directory"):
        run(tmp_path / "file" / "below")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"agreements": "0"}, "argument --agreements: '0': expected a whole number from 1 on"),
        ({"agreements": "many"}, "argument --agreements: 'many': expected a whole number from 1 on"),
        ({"statements": "-1"}, "argument --statements: '-1': expected a whole number from 0 on"),
        ({"statements": "1.5"}, "argument --statements: '1.5': expected a whole number from 0 on"),
        ({"seed": ""}, "argument --seed: '': expected a whole number from 0 on"),
        ({"agreements": "9999999"}, r"nothing written: at most \d+ agreements can be told apart"),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words(folder, numbers, said):
    with pytest.raises(CommandError, match=said):
        run(folder, **numbers)
    assert not folder.exists()


def test_statements_about_no_agreement_are_refused(folder):
    with pytest.raises(Unfit, match="expected one agreement at least"):
        generate(folder, agreements=0, statements=1, seed=1)
    assert not folder.exists()
