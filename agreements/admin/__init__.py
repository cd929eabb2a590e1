"""The editors' desk, a module a family. It writes what records say; only publication says where they stand."""

from agreements.admin import agreements, editions, evidence, people, places, sign_ins, statements

__all__ = ["agreements", "editions", "evidence", "people", "places", "sign_ins", "statements"]
