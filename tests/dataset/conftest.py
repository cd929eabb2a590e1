"""A sound dataset to begin with."""

from pathlib import Path

import pytest

from tests.dataset.packages import Dataset


@pytest.fixture
def dataset() -> Dataset:
    return Dataset()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test writes its package."""
    return tmp_path / "package"
