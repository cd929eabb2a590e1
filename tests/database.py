"""What a test asks of the database as a whole: that nothing changed, or that a word stands nowhere in it."""

import json

from django.apps import apps


def everything() -> dict:
    """All rows of all of our tables."""
    return {
        model: list(model.objects.order_by("pk").values()) for model in apps.get_app_config("agreements").get_models()
    }


def places_of(words: str) -> set[str]:
    """The tables of the whole database that hold the words anywhere."""
    return {
        model.__name__
        for model in apps.get_models()
        for row in model._default_manager.values()
        if words in json.dumps(row, default=str, ensure_ascii=False)
    }
