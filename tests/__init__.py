"""The tests; they mirror agreements/. tests/environment.py gives them a world of their own."""
