"""How a dataset's files are written: each fault with its place."""

import json

import pytest

from agreements.dataset import schema
from agreements.dataset.check import check
from agreements.dataset.read import read

COLUMNS = "id,official,title,body,started,ended"


def faults_in(folder):
    """All faults as plain tuples: file, line, column, value, expected."""
    _entries, faults = check(read(folder))
    return [(fault.file, fault.line, fault.column, fault.value, fault.expected) for fault in faults]


def edit(folder, name, old, new):
    """Replaces bytes that stand in a file once."""
    data = (folder / name).read_bytes()
    assert data.count(old) == 1
    (folder / name).write_bytes(data.replace(old, new))


@pytest.fixture
def written(dataset, folder):
    return dataset.write(folder)


def test_the_small_dataset_has_no_fault(written):
    assert faults_in(written) == []


def test_a_missing_folder_is_the_only_fault(tmp_path):
    missing = tmp_path / "nowhere"
    assert faults_in(missing) == [(str(missing), None, "", "", "a folder with a dataset's files")]


def test_a_file_in_place_of_the_folder_is_a_fault(tmp_path):
    file = tmp_path / "data.zip"
    file.write_text("PK")
    assert faults_in(file) == [(str(file), None, "", "", "a folder with a dataset's files")]


@pytest.mark.parametrize("name", [schema.DESCRIPTOR_FILE, *(table.file for table in schema.TABLES.values())])
def test_each_file_is_required_and_what_refers_to_its_rows_is_not_called_broken(written, name):
    (written / name).unlink()
    assert faults_in(written) == [(name, None, "", "", "this file, which every dataset has")]


@pytest.mark.parametrize("name", ["datapackage.json", "sources.csv"])
def test_an_empty_file_is_a_fault(written, name):
    (written / name).write_bytes(b"")
    assert faults_in(written) == [(name, None, "", "", "a file that is not empty")]


def test_a_folder_in_place_of_a_file_is_a_fault(written):
    (written / "payments.csv").unlink()
    (written / "payments.csv").mkdir()
    assert faults_in(written) == [("payments.csv", None, "", "Is a directory", "a file that can be read")]


def test_other_files_are_ignored(written):
    (written / "README.md").write_bytes(b"\xff")
    assert faults_in(written) == []


def test_a_table_may_have_no_rows(written):
    (written / "positions.csv").write_text(f"{COLUMNS}\n")
    assert faults_in(written) == []


def test_every_line_that_is_not_utf_8_is_named(written):
    edit(written, "sources.csv", b"First report", b"Premi\xe8re")
    edit(written, "sources.csv", b"Minister on", b"Mini\xffster on")
    assert faults_in(written) == [
        ("sources.csv", 2, "", r"\xe8", "text in UTF-8"),
        ("sources.csv", 3, "", r"\xff", "text in UTF-8"),
    ]


@pytest.mark.parametrize("name", ["datapackage.json", "countries.csv"])
def test_a_byte_order_mark_is_a_fault(written, name):
    (written / name).write_bytes(b"\xef\xbb\xbf" + (written / name).read_bytes())
    assert faults_in(written) == [(name, 1, "", "\ufeff", "UTF-8 without a byte order mark")]


def test_lines_that_end_in_cr_lf_are_one_fault_a_file(written):
    data = (written / "sources.csv").read_bytes()
    (written / "sources.csv").write_bytes(data.replace(b"\n", b"\r\n"))
    assert faults_in(written) == [("sources.csv", 1, "", "\r\n", "lines that end in LF alone")]


@pytest.mark.parametrize(
    ("character", "name"), [("\0", "U+0000"), ("\x1b", "U+001B"), ("\x7f", "U+007F"), ("\x85", "U+0085")]
)
def test_a_control_character_in_a_cell_is_a_fault(written, character, name):
    edit(written, "sources.csv", b"First report", f"First{character}report".encode())
    assert faults_in(written) == [
        ("sources.csv", 2, "title", f"First{character}report", f"text without control characters (this has {name})")
    ]


def test_line_breaks_and_tabs_in_a_text_are_no_fault(written):
    edit(written, "sources.csv", b"First report", b'"First\n\treport"')
    assert faults_in(written) == []


def test_a_row_after_a_cell_with_line_breaks_has_its_physical_line(written):
    edit(written, "sources.csv", b"First report", b'"First\n\nreport"')
    edit(written, "sources.csv", b"The Gazette,,news", b"The Gazette,,rumour")
    ((file, line, column, value, _expected),) = faults_in(written)
    assert (file, line, column, value) == ("sources.csv", 5, "kind", "rumour")


def test_a_quotation_mark_out_of_place_is_a_fault_of_its_line(written):
    edit(written, "sources.csv", b"First report", b'"First" report')
    assert faults_in(written) == [
        (
            "sources.csv",
            2,
            "",
            'gazette-1,https://gazette.example/1,,"First" report,false,en,The Gazette,2025-05-02,news',
            "a row of well-formed CSV (',' expected after '\"')",
        )
    ]


def test_a_quotation_that_never_ends_is_a_fault_of_the_line_where_it_begins(written):
    edit(written, "assessments.csv", b"What was found.", b'"What was found.')
    ((file, line, column, _value, expected),) = faults_in(written)
    assert (file, line, column, expected) == (
        "assessments.csv",
        2,
        "",
        "a row of well-formed CSV (unexpected end of data)",
    )


def test_a_cell_beyond_all_measure_is_a_fault_and_no_crash(written):
    edit(written, "sources.csv", b"First report", b"x" * 1_000_001)
    ((file, line, _column, _value, expected),) = faults_in(written)
    assert (file, line, expected) == (
        "sources.csv",
        2,
        "a row of well-formed CSV (field larger than field limit (1000000))",
    )


def test_a_missing_column_is_a_fault_and_the_others_are_still_checked(written):
    edit(written, "officials.csv", b"id,name,kind,country,speaks_for\n", b"id,name,kind,country\n")
    edit(written, "officials.csv", b"person,RWA,government", b"ghost,RWA")
    assert faults_in(written) == [
        ("officials.csv", 1, "speaks_for", "", "a column named speaks_for"),
        ("officials.csv", 2, "kind", "ghost", "one of person, office, organisation"),
    ]


def test_an_extra_column_is_a_fault(written):
    edit(written, "positions.csv", b"started,ended", b"started,ended,salary")
    edit(written, "positions.csv", b"2024-06,", b"2024-06,,1")
    assert faults_in(written) == [
        ("positions.csv", 1, "salary", "salary", f"only the columns {COLUMNS.replace(',', ', ')}")
    ]


def test_a_column_that_is_there_twice_is_a_fault(written):
    edit(written, "positions.csv", b"started,ended", b"started,ended,ended")
    edit(written, "positions.csv", b"2024-06,", b"2024-06,,")
    assert faults_in(written) == [("positions.csv", 1, "ended", "ended", "each column once")]


def test_columns_in_another_order_are_a_fault(written):
    edit(written, "positions.csv", COLUMNS.encode(), b"id,official,body,title,started,ended")
    edit(written, "positions.csv", b"Foreign minister,,", b",Foreign minister,")
    assert faults_in(written) == [
        (
            "positions.csv",
            1,
            "body",
            "body",
            f"the column title in its place: the order is {COLUMNS.replace(',', ', ')}",
        )
    ]


@pytest.mark.parametrize(("cells", "count"), [("person,RWA", 4), ("person,RWA,government,x", 6)])
def test_a_short_or_long_row_is_a_fault_and_what_refers_to_it_is_not(written, cells, count):
    start = "olivier-nduhungirehe,Olivier Nduhungirehe,"
    edit(written, "officials.csv", f"{start}person,RWA,government".encode(), f"{start}{cells}".encode())
    assert faults_in(written) == [("officials.csv", 2, "", f"{start}{cells}", f"5 cells as in the header, not {count}")]


def test_an_empty_line_is_a_fault(written):
    edit(written, "officials.csv", b"speaks_for\n", b"speaks_for\n\n")
    assert faults_in(written) == [("officials.csv", 2, "", "", "5 cells as in the header, not 0")]


# --- The descriptor -------------------------------------------------------------------------------


def describe(folder, change):
    """Changes the descriptor of a written package."""
    descriptor = json.loads((folder / "datapackage.json").read_bytes())
    change(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def field(descriptor, table, column):
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    return next(field for field in resource["schema"]["fields"] if field["name"] == column)


def test_a_descriptor_that_is_not_json_is_a_fault_with_its_line(written):
    (written / "datapackage.json").write_text('{\n"name": \n}')
    assert faults_in(written) == [("datapackage.json", 3, "", "", "well-formed JSON (Expecting value)")]


@pytest.mark.parametrize("text", ["[" * 100_000, f"[{'1' * 5000}]"])
def test_a_descriptor_that_cannot_be_read_is_a_fault_and_no_crash(written, text):
    (written / "datapackage.json").write_text(text)
    assert [fault[0] for fault in faults_in(written)] == ["datapackage.json"]


@pytest.mark.parametrize("text", ["[]", "null", '{"resources": {}}', '{"resources": [1]}', "{}"])
def test_a_descriptor_without_tables_is_a_fault(written, text):
    (written / "datapackage.json").write_text(text)
    ((file, _line, column, _value, expected),) = faults_in(written)
    assert (file, column, expected) == (
        "datapackage.json",
        "resources",
        "a JSON object with a list of the tables under resources",
    )


def test_a_descriptor_may_have_another_version_and_other_words(written):
    def change(descriptor):
        descriptor["version"] = "2030.01.01"
        descriptor["resources"][0]["title"] = "Lands"
        field(descriptor, "agreements", "cap")["description"] = "The limit."
        descriptor["resources"].reverse()

    describe(written, change)
    assert faults_in(written) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda d: field(d, "agreements", "cap").update(type="string"),
            ("agreements.cap.type", '"string"', '"integer"'),
        ),
        (
            lambda d: field(d, "agreements", "cap").pop("constraints"),
            ("agreements.cap.constraints", "nothing", '{"minimum": 0}'),
        ),
        (
            lambda d: field(d, "payments", "stage")["constraints"]["enum"].append("lost"),
            (
                "payments.stage.constraints",
                '{"required": true, "enum": ["requested", "promised", "obligated", "paid", "lost"]}',
                '{"required": true, "enum": ["requested", "promised", "obligated", "paid"]}',
            ),
        ),
        (
            lambda d: d["resources"][0]["schema"]["fields"].pop(),
            (
                "countries.schema.fields",
                "id, alpha2, slug, name, region, subregion, lat",
                "the columns id, alpha2, slug, name, region, subregion, lat, lon",
            ),
        ),
        (lambda d: d["resources"][0]["schema"].update(fields=None), ("countries.schema", None, None)),
        (
            lambda d: d["resources"][0]["schema"].update(primaryKey=["slug"]),
            ("countries.schema.primaryKey", '["slug"]', '["id"]'),
        ),
        (lambda d: d["resources"][1]["schema"].pop("foreignKeys"), ("agreements.schema.foreignKeys", "nothing", None)),
        (
            lambda d: d["resources"][0].update(path="../countries.csv"),
            ("countries.path", '"../countries.csv"', '"countries.csv"'),
        ),
        (lambda d: d["resources"].pop(0), ("countries", "", "a table named countries")),
        (lambda d: d["resources"].append(d["resources"][0]), ("countries", "countries", "each table once")),
        (
            lambda d: d["resources"].append({"name": "gossip"}),
            ("gossip", "gossip", f"only the tables {', '.join(schema.TABLES)}"),
        ),
    ],
)
def test_a_descriptor_of_other_tables_or_columns_is_a_fault(written, change, fault):
    describe(written, change)
    ((file, line, column, value, expected),) = faults_in(written)
    assert (file, line) == ("datapackage.json", None)
    place, found, wanted = fault
    assert column == place
    assert found is None or value == found
    assert wanted is None or expected == wanted


def test_every_fault_is_listed_in_the_order_of_files_lines_and_columns(written):
    edit(written, "sources.csv", b"First report,false,en", b"First report,no,English")
    edit(written, "sources.csv", b"Minister on television", b"")
    edit(written, "countries.csv", b"Americas", b"Atlantis")
    (written / "transfers.csv").unlink()
    assert [fault[:3] for fault in faults_in(written)] == [
        ("countries.csv", 3, "region"),
        ("transfers.csv", None, ""),
        ("sources.csv", 2, "title_is_description"),
        ("sources.csv", 2, "language"),
        ("sources.csv", 3, "title"),
    ]
