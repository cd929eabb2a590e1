"""Fetches the code that runs in the reader's browser into var/vendor: `python -m tools.browser_code`.

It comes from the npm registry, in the versions and with the digests of package-lock.json. Where npm is missing, the
copy of plotly.js in the Python package takes its place: it holds more kinds of chart and weighs four times as much.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "var" / "vendor"


def plotly() -> Path:
    if shutil.which("npm"):
        done = subprocess.run(["npm", "ci", "--silent"], cwd=ROOT)
        if done.returncode:
            sys.exit("npm ci failed: the reason stands above, or in what `npm ci` says")
        return ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
    print("npm is missing: the charts use the larger plotly.js of the Python package")
    return Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"


if __name__ == "__main__":
    VENDOR.mkdir(parents=True, exist_ok=True)
    # copyfile, not copy: the new time of the file is what tells make that it is done.
    shutil.copyfile(plotly(), VENDOR / "plotly-basic.min.js")
