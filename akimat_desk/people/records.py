"""What the journal says of people and of the room; made anew by replay, never written by anything but `entries`.

Personal columns are nullable: they are empty where this PC may not hold them and once they are erased. The IIN stands
in one of them in plain digits. The file is encrypted as a whole; a keyed hash beside its key would hide nothing more,
and could not be searched by its first digits.
"""

from __future__ import annotations

from typing import Final

import peewee


class ResidentRow(peewee.Model):
    """A resident by random id. `erased` people keep their row, so that figures stay, and nothing else."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    erased = peewee.BooleanField(default=False)
    surname = peewee.TextField(null=True)
    given = peewee.TextField(null=True)
    patronymic = peewee.TextField(null=True)
    iin = peewee.TextField(null=True, index=True)
    phone = peewee.TextField(null=True)
    street = peewee.TextField(null=True)
    sort = peewee.TextField(null=True)
    """`details.order_of`; empty exactly where there is no name to show."""
    fold = peewee.TextField(null=True)
    """`details.found_by`."""

    class Meta:
        table_name = "people_resident"
        indexes = ((("sort", "fold", "id"), False),)


class ResidentWordRow(peewee.Model):
    """The words a resident (`key`) is found by (`store.search`)."""

    word = peewee.TextField()
    key = peewee.TextField(index=True)

    class Meta:
        table_name = "people_resident_word"
        primary_key = peewee.CompositeKey("word", "key")
        without_rowid = True


class ResidentPartRow(peewee.Model):
    """Which entries hold a resident's personal parts: what an erasure must name."""

    entry = peewee.TextField(primary_key=True)
    resident = peewee.TextField(index=True)

    class Meta:
        table_name = "people_resident_part"


class StaffRow(peewee.Model):
    """A member of staff. `pin` is a verifier (`people.pin`), `pin_entry` the entry that set it."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    role = peewee.TextField()
    active = peewee.BooleanField(default=True)
    name = peewee.TextField(null=True)
    pin = peewee.TextField(null=True)
    pin_entry = peewee.TextField()

    class Meta:
        table_name = "people_staff"


class ZoneRow(peewee.Model):
    """A room with its PCs: the akimat's name and hours, public by nature."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    content = peewee.TextField()
    """`entries.ZoneContent` as JSON."""

    class Meta:
        table_name = "people_zone"


PROJECTIONS: Final = (ResidentRow, ResidentWordRow, ResidentPartRow, StaffRow, ZoneRow)
