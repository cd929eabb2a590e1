"""The editors' desk, a module a family. It writes what records say; only publication says where they stand."""

from agreements.admin import accounts, agreements, editions, evidence, people, places, sign_ins, statements

__all__ = ["accounts", "agreements", "editions", "evidence", "people", "places", "sign_ins", "statements"]
