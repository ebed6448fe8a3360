"""One side of Morango's exchange for `benchmarks/sync.py`, which runs it with a Python that has Morango.

    morango_side.py FOLDER host            serves; says {"port": …}
    morango_side.py FOLDER desk RECORDS    writes the records; on each line that names a port, pushes there and says how

Both sides are Django with SQLite, as Kolibri runs on a village's PC. They hold the same certificate, so that nothing is
measured but the exchange.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
import wsgiref.simple_server
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any

import django
from django.conf import settings

FOLDER, SIDE = Path(sys.argv[1]), sys.argv[2]
SHARED = FOLDER / "certificate.json"


class Server(ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    """With threads, as Kolibri's."""

    daemon_threads = True


class Quiet(wsgiref.simple_server.WSGIRequestHandler):
    """Without a log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def set_up() -> None:
    """Django with Morango, and its tables."""
    logging.disable(logging.CRITICAL)
    settings.configure(
        SECRET_KEY="benchmark",  # noqa: S106
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / f"{SIDE}.sqlite3")}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "mptt",
            "rest_framework",
            "morango",
            "morango_room",
        ],
        ROOT_URLCONF="morango.urls",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


def certificate() -> Any:
    """The room's, made by whoever comes first."""
    from morango.models.certificates import Certificate, Key, ScopeDefinition

    ScopeDefinition.objects.create(
        id="room",
        profile="room",
        version=1,
        primary_scope_param_key="room",
        description="",
        read_filter_template="",
        write_filter_template="",
        read_write_filter_template="${room}",
    )
    if not SHARED.exists():
        made = Certificate.generate_root_certificate("room")
        kept = {"serialized": made.serialized, "signature": made.signature}
        SHARED.write_text(json.dumps({**kept, "key": made.private_key.get_private_key_string()}))
        return made
    kept = json.loads(SHARED.read_text())
    shared = Certificate.deserialize(kept["serialized"], kept["signature"])
    shared.private_key = Key(private_key_string=kept["key"])
    shared.save()
    return shared


def host() -> None:
    """Serve; on each line say how many records are here."""
    from django.core.wsgi import get_wsgi_application
    from morango_room.models import Printed

    certificate()
    server = wsgiref.simple_server.make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say({"port": server.server_port})
    for _ in sys.stdin:
        say({"records": Printed.objects.count()})


def desk(records: Path) -> None:
    """Push, as often as asked."""
    from django.db import transaction
    from morango.models.certificates import Filter
    from morango.sync.controller import MorangoProfileController
    from morango_room.models import Printed

    own = certificate()
    room = json.loads(own.scope_params)["room"]
    with transaction.atomic():
        for record in json.loads(records.read_text()):
            facts, entry = record.pop("facts"), record.pop("id")
            Printed(room=room, entry=entry, **record, **facts).save()
    say({"ready": True})
    for line in sys.stdin:
        started, cpu = time.perf_counter(), time.process_time()
        network = MorangoProfileController("room").create_network_connection(f"http://127.0.0.1:{int(line)}/")
        session = network.create_sync_session(own, own)
        push = session.get_push_client()
        push.initialize(Filter(room))
        push.run()
        push.finalize()
        network.close_sync_session(session.sync_session)
        say({"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu})


def say(value: object) -> None:
    """One line to the benchmark."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    set_up()
    if SIDE == "host":
        host()
    else:
        desk(Path(sys.argv[3]))
