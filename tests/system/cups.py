"""A CUPS server of our own for tests, as an office's Linux PC has one: its queues speak IPP on loopback."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.system.printers import running, until

NEEDS: Final = ("cupsd", "lpadmin")
"""From the Debian packages cups-daemon and cups-client; root as well."""

_FILES = """SystemGroup root
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
ServerBin {programs}
DataDir /usr/share/cups
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""
_SERVER = """LogLevel warn
Listen {folder}/cups.sock
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


@dataclass(frozen=True)
class RealCups:
    """A running CUPS: its address, and the environment in which `lp` and its like find it."""

    uri: str
    environment: dict[str, str]


EVERYWHERE: Final = ("-m", "everywhere")


@contextlib.contextmanager
def cups(
    folder: Path,
    queues: dict[str, Sequence[str]],
    environment: dict[str, str],
    *,
    programs: Path = Path("/usr/lib/cups"),
) -> Iterator[RealCups]:
    """CUPS in `folder`, which must be there, with a queue for each name in `queues`, made with these words of lpadmin.
    `programs` is the folder of its filters and back ends.
    """
    folder.chmod(0o755)  # CUPS gives up root for its filters, which must get here
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    for name in ("spool/tmp", "cache", "state"):
        (folder / name).mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder, programs=programs))
    (folder / "cupsd.conf").write_text(_SERVER.format(folder=folder, port=port))
    command = ["cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    log, door = folder / "cupsd.log", folder / "cups.sock"
    ours = {**environment, "CUPS_SERVER": str(door)}
    with running(command, log, environment) as process:
        until(door.exists, "cupsd", log, process)
        for name, words in queues.items():
            subprocess.run(["lpadmin", "-p", name, "-E", *words], env=ours, check=True, capture_output=True)
        yield RealCups(f"ipp://127.0.0.1:{port}/", ours)
