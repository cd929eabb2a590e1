"""Our own copy of the schema agrees with the shipped data, the vocabulary and the models."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from agreements import vocabulary
from agreements.dataset import schema
from agreements.dataset.rows import LISTS, MODELS

SHIPPED = Path(settings.BASE_DIR) / "data"

TERMS = {
    "countries.region": vocabulary.Region,
    "agreements.kind": vocabulary.Kind,
    "agreements.instrument": vocabulary.Instrument,
    "agreements.text_public": vocabulary.TextPublic,
    "status_changes.precision": vocabulary.Precision,
    "status_changes.status": vocabulary.Status,
    "payments.precision": vocabulary.Precision,
    "payments.stage": vocabulary.Stage,
    "transfers.precision": vocabulary.Precision,
    "transfers.counted_by": vocabulary.CountedBy,
    "transfers.counting": vocabulary.Counting,
    "proceedings.outcome": vocabulary.Outcome,
    "officials.kind": vocabulary.OfficialKind,
    "officials.speaks_for": vocabulary.SpeaksFor,
    "statements.precision": vocabulary.Precision,
    "statements.stance": vocabulary.Stance,
    "sources.kind": vocabulary.SourceKind,
}


def test_the_shipped_data_is_described_as_our_own_copy_says():
    shipped = json.loads((SHIPPED / "datapackage.json").read_bytes())
    assert shipped["resources"] == schema.DESCRIPTOR["resources"]


def test_every_closed_set_of_the_schema_is_one_of_the_vocabulary_in_the_same_order():
    enums = {
        f"{table.name}.{column.name}": list(column.enum)
        for table in schema.TABLES.values()
        for column in table.columns
        if column.enum
    }
    assert enums == {name: terms.values() for name, terms in TERMS.items()}


def test_every_table_has_a_model_and_stands_after_those_it_refers_to():
    assert set(MODELS) == set(schema.TABLES)
    order = list(MODELS)
    for table in schema.TABLES.values():
        for column in table.columns:
            if column.refers_to and column.refers_to != table.name:
                assert order.index(column.refers_to) < order.index(table.name)


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_column_is_a_field_or_a_list_of_its_model(table):
    for column in schema.TABLES[table].columns:
        if column.is_list:
            kept = next(kept for kept in LISTS[table] if kept.name == column.name)
            target = kept.model._meta.get_field(kept.target.removesuffix("_id"))
            assert target.related_model is MODELS[column.refers_to]
        else:
            assert MODELS[table]._meta.get_field(column.name)


def test_the_data_dictionary_names_every_table_and_column_with_its_words():
    sections = (Path(settings.BASE_DIR) / "docs" / "data.md").read_text().split("### `")[1:]
    described = {section.partition("`")[0]: section for section in sections}
    assert list(described) == [table.file for table in schema.TABLES.values()]
    for table in schema.TABLES.values():
        rows = [line for line in described[table.file].splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == table.column_names
        for row, column in zip(rows, table.columns, strict=True):
            assert all(f"`{word}`" in row for word in column.enum)
