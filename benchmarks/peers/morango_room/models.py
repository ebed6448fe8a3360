"""The table that Morango keeps the same on both sides, in the words of a journal entry."""

from __future__ import annotations

from django.db import models
from morango.models.core import SyncableModel


class Printed(SyncableModel):
    """A print job."""

    morango_profile = "room"
    morango_model_name = "printed"

    room = models.CharField(max_length=32)
    device = models.CharField(max_length=32)
    epoch = models.IntegerField()
    seq = models.IntegerField()
    at = models.BigIntegerField()
    entry = models.CharField(max_length=32)
    kind = models.CharField(max_length=100)
    version = models.IntegerField()
    job = models.CharField(max_length=32)
    pages = models.IntegerField()
    sheets = models.IntegerField()
    tenge = models.IntegerField()
    personal = models.CharField(max_length=44)

    def calculate_source_id(self) -> str:
        """Unique in the room."""
        return str(self.entry)

    def calculate_partition(self) -> str:
        """What is synced together."""
        return str(self.room)
