"""Real printers for tests: ippeveprinter, the reference of IPP Everywhere, on loopback.

It will not start without a system message bus and avahi, which neither a CI machine nor a container runs. So both are
started here, private to the tests: the bus on a socket in a folder of ours, avahi on the loopback interface alone, in a
mount namespace where /run is its own. Nothing of the machine is touched, and two test runs do not meet.

Missing programs fail a test under CI; on a developer's PC they skip it and say what to install.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from printing.devices.errors import DeviceError
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.transport import Address

NEEDS = ("ippeveprinter", "avahi-daemon", "dbus-daemon", "unshare")
"""From the Debian packages cups-ipp-utils, avahi-daemon, dbus-daemon and util-linux."""

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
    <allow send_type="method_call"/><allow receive_type="method_call"/>
  </policy>
</busconfig>
"""
_AVAHI = """[server]
host-name=akimat-{name}
allow-interfaces=lo
use-ipv4=yes
use-ipv6=no
enable-dbus=yes
ratelimit-interval-usec=1000000
ratelimit-burst=1000
[publish]
publish-addresses=no
publish-hinfo=no
publish-workstation=no
"""
_KEEP = """#!/bin/sh
# Keeps what was printed, and how it was asked for; waits while the file "hold" lies there; says what "says" holds.
set -e
job="$KEEP/part-$$"
mkdir "$job"
cp "$1" "$job/document"
env | grep '^IPP_' > "$job/attributes"
test ! -e "$KEEP/says" || cat "$KEEP/says" >&2
while test -e "$KEEP/hold"; do sleep 0.05; done
mv "$job" "$KEEP/job-$(ls "$KEEP" | grep -c '^job-' || true)"
"""


@dataclass(frozen=True)
class KeptJob:
    """What came out: the document, and the attributes as the printer's own program was told them."""

    document: bytes
    attributes: dict[str, str]


@dataclass(frozen=True)
class RealPrinter:
    """A running ippeveprinter."""

    name: str
    uri: str
    folder: Path
    process: subprocess.Popen[bytes]

    def hold(self) -> None:
        """From now on a job stays "processing" until `go_on`."""
        (self.folder / "hold").touch()

    def go_on(self) -> None:
        """Let a held job finish."""
        (self.folder / "hold").unlink(missing_ok=True)

    def wait_until_it_prints(self) -> None:
        """A held job has reached the program that prints."""
        until(lambda: any(self.folder.glob("part-*")), "printing", self.folder / "printer.log", self.process)

    def says(self, *lines: str) -> None:
        """What the printer's program tells while it prints, such as "STATE: +media-empty-warning"."""
        (self.folder / "says").write_text("".join(line + "\n" for line in lines))

    @property
    def printed(self) -> list[KeptJob]:
        """Every job that came out, the first one first."""
        return [_kept(job) for job in sorted(self.folder.glob("job-*"), key=lambda job: int(job.name[4:]))]


def _kept(job: Path) -> KeptJob:
    lines = (job / "attributes").read_text().splitlines()
    return KeptJob((job / "document").read_bytes(), dict(line.split("=", 1) for line in lines if "=" in line))


def demand(programs: Sequence[str]) -> None:
    """Fail under CI, skip elsewhere, when one of `programs` is not installed or we may not start them."""
    missing = [program for program in programs if shutil.which(program) is None]
    if os.name != "posix" or os.geteuid() != 0:
        missing.append("the rights of root (for a mount namespace)")
    if missing:
        told = f"a real printer wants {', '.join(missing)}"
        pytest.fail(told) if "CI" in os.environ else pytest.skip(told)


@contextlib.contextmanager
def running(command: Sequence[str], log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program until the block ends; its words go to `log`."""
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, env=environment)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(happened: object, what: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until `happened()` is true; fail with the words of the program when it ends or takes half a minute."""
    assert callable(happened)
    limit = time.monotonic() + 30
    while not happened():
        if process.poll() is not None or time.monotonic() > limit:
            pytest.fail(f"{what} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)


@contextlib.contextmanager
def dns_sd(folder: Path) -> Iterator[dict[str, str]]:
    """A message bus and an avahi of our own; yields the environment in which programs find them."""
    demand(NEEDS)
    bus, avahi = folder / "bus.conf", folder / "avahi.conf"
    bus.write_text(_BUS.format(folder=folder))
    avahi.write_text(_AVAHI.format(name=os.urandom(4).hex()))
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus"}
    bus_log, avahi_log = folder / "bus.log", folder / "avahi.log"
    own_run = "mount -t tmpfs tmpfs /run && mkdir /run/avahi-daemon && exec avahi-daemon"
    options = f"--no-drop-root --no-chroot --no-rlimits --file '{avahi}'"
    with contextlib.ExitStack() as stack:
        command = ["dbus-daemon", f"--config-file={bus}", "--nofork", "--nopidfile"]
        process = stack.enter_context(running(command, bus_log, environment))
        until((folder / "bus").exists, "dbus-daemon", bus_log, process)
        command = ["unshare", "--mount", "sh", "-c", f"{own_run} {options}"]
        process = stack.enter_context(running(command, avahi_log, environment))
        until(lambda: "Server startup complete" in avahi_log.read_text(), "avahi-daemon", avahi_log, process)
        yield environment


@contextlib.contextmanager
def real_printer(
    folder: Path,
    environment: dict[str, str],
    *,
    name: str = "Кеңсе",
    formats: Sequence[str] = ("application/pdf", "image/pwg-raster"),
    options: Sequence[str] = ("-2",),
    announced: bool = True,
) -> Iterator[RealPrinter]:
    """An ippeveprinter on a free port of loopback that keeps what it prints in `folder`.

    `environment` comes from `dns_sd`. `name` gets a random ending, since names are unique on a network. Two-sided and
    colour by default. Its own pace is 10 pages a minute, so the speed is always given.
    """
    name = f"{name} {os.urandom(4).hex()}"
    keep, spool, log = folder / "keep.sh", folder / "spool", folder / "printer.log"
    keep.write_text(_KEEP)
    keep.chmod(0o755)
    spool.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["ippeveprinter", "-v", "-n", "localhost", "-p", str(port), "-d", str(spool), "-c", str(keep)]
    command += ["-f", ",".join(formats), "-s", "6000,6000", *options, *(() if announced else ("-r", "off")), name]
    uri = f"ipp://127.0.0.1:{port}/ipp/print"

    def answers() -> bool:
        try:
            return bool(IppClient(Address.of(uri)).printer_attributes(("printer-state",)))
        except DeviceError:
            return False

    with running(command, log, {**environment, "KEEP": str(folder)}) as process:
        until(answers, "ippeveprinter", log, process)
        printer = RealPrinter(name, uri, folder, process)
        try:
            yield printer
        finally:
            printer.go_on()
