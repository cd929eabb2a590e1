"""The pictures of the docs, made by hand when the look has changed: `python -m tests.browser.pictures`.

Those of docs/editing.md are taken by the browser tests that do what it tells.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.charts import draw_chart
from tests.browser.site import ROOT, chromium, served

PICTURE = ROOT / "docs" / "pictures" / "agreement.png"


def main() -> None:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1500}, color_scheme="light", reduced_motion="reduce")
        page.goto(f"{site}/agreements/us-rw-2025/")
        draw_chart(page)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURE)
    taken = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/browser/test_desk.py", "tests/browser/test_article.py"],
        cwd=ROOT,
        env=os.environ | {"PICTURES": str(PICTURE.parent)},
    )
    taken.check_returncode()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")  # noqa: T201


if __name__ == "__main__":
    main()
