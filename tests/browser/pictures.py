"""The picture for the README, made by hand when the look has changed: `python -m tests.browser.pictures`."""

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
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")  # noqa: T201


if __name__ == "__main__":
    main()
