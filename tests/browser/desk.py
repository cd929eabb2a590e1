"""The desk as editors meet it: a site of its own, which tests may write to, and people who sign in."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.site import fill_database, run


class Editor(NamedTuple):
    name: str
    password: str


class Editors(NamedTuple):
    """Two who may publish, each what the other wrote, and one who may not."""

    one: Editor
    other: Editor
    contributor: Editor


def copy_site(original: Path, folder: Path) -> None:
    """Makes the folder of a site with the database of another, filled first where it is not."""
    fill_database(original)
    folder.mkdir(parents=True)
    name = "site.sqlite3"
    with closing(sqlite3.connect(original / name)) as filled, closing(sqlite3.connect(folder / name)) as copy:
        filled.backup(copy)
    (folder / "filled").touch()


def make_editor(folder: Path, name: str, role: str) -> Editor:
    """An account at the site in this folder, made as an operator makes it."""
    printed = run(folder, "create_editor", name, "--role", role)
    return Editor(name, re.search(r"^password: (\S+)$", printed, re.MULTILINE)[1])


def sign_in(page: Page, editor: Editor) -> None:
    """Signs in and comes to the first page of the desk."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.name)
    page.get_by_label("Password").fill(editor.password)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text(editor.name)


def pictured(page: Page, name: str, *, whole: bool = True) -> None:
    """Keeps a picture for docs/editing.md where PICTURES names a folder: see tests/browser/pictures.py."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=whole)
