"""Runs the benchmarks, each in a process of its own, since each makes a site of its own: `make bench`.

One alone, with its arguments: `python -m bench.exports 100000`.
"""

import subprocess
import sys

PARTS = ("pages", "exports")


def main() -> None:
    for part in PARTS:
        print(f"\n== {part}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{part}"], check=True)


if __name__ == "__main__":
    main()
