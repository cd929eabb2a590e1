"""Benchmarks: `make bench`. Speed is measured here and never in a test; compare ratios within one run."""
