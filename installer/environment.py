"""The folder `.venv`: the libraries of one lock, pinned by hash, and the project itself on top.

A stamp (`.venv/setup.json`) says for which locks, Python and folder the environment was made; while it fits, nothing is
done. A mark (`.venv/setup-unfinished`) stands while work goes on: whoever finds it starts from scratch, so a set-up
killed half-way heals. The lock file is handed on to pip, so that it stays locked while an orphaned pip still writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from installer.progress import Steps, Stop, say, spent

ROOT = Path(__file__).resolve().parent.parent

Flavour = Literal["run", "test"]
COVERED_BY: dict[Flavour, tuple[Flavour, ...]] = {"run": ("run", "test"), "test": ("test",)}
"""Which installed locks will do: everything of run.lock is in test.lock, too."""

EVERY = 10.0
"""Seconds between two lines while the libraries are fetched."""


@dataclass(frozen=True)
class Environment:
    """The virtual environment of the project at `root`."""

    root: Path = ROOT

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def packages(self) -> Path:
        """Where its libraries lie."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    @property
    def log(self) -> Path:
        """What apt-get and pip said the last time."""
        return self.folder / "setup.log"

    @property
    def unfinished(self) -> Path:
        """Stands while a set-up is at work."""
        return self.folder / "setup-unfinished"

    def lock(self, flavour: Flavour) -> Path:
        """The list of libraries."""
        return self.root / "installer" / "locks" / f"{flavour}.lock"

    # what is there, what is wanted

    def read_stamp(self) -> dict[str, object]:
        """What the last set-up left; empty when it left nothing readable."""
        try:
            stamp = json.loads((self.folder / "setup.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def wanted(self, flavour: Flavour) -> dict[str, str]:
        """What a stamp must say for `flavour`, but for the libraries."""
        return {
            "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
            "folder": str(self.root),
            "project": _digest(self.root / "pyproject.toml"),
            flavour: _digest(self.lock(flavour)),
        }

    def to_do(self, flavour: Flavour) -> list[str]:
        """What is left to do, in order, of "environment", "libraries", "project"; empty when all is as it should be."""
        stamp = self.read_stamp()
        names = stamp.get("libraries")
        stands = self.folder.is_dir() and not self.unfinished.exists() and self._answers()
        if stamp:
            wanted = self.wanted(flavour)
            stands = stands and all(stamp.get(key) == wanted[key] for key in ("python", "folder"))
            stands = stands and isinstance(names, list) and set(names) <= self._names()
        if not stands:
            return ["environment", "libraries", "project"]
        if not any(stamp.get(lock) == _digest(self.lock(lock)) for lock in COVERED_BY[flavour]):
            return ["libraries", "project"]
        return [] if stamp.get("project") == self.wanted(flavour)["project"] else ["project"]

    def _answers(self) -> bool:
        """Whether its Python starts, is of our version and has pip; also after the system's own Python was removed."""
        ask = "import sys, _tkinter; print(sys.version_info[0], sys.version_info[1])"
        try:
            call = subprocess.run([self.python, "-IS", "-c", ask], capture_output=True, text=True, check=False)
        except OSError:
            return False
        return call.stdout.split() == [str(part) for part in sys.version_info[:2]] and "pip" in self._names()

    def _names(self) -> set[str]:
        try:
            return set(os.listdir(self.packages)) - {"__pycache__"}
        except OSError:
            return set()

    # making it

    def ensure(self, flavour: Flavour) -> Path:
        """Make what is missing for `flavour`; its Python. Quick and quiet when nothing is missing."""
        if not self.to_do(flavour):
            return self.python
        with self._alone() as descriptor:
            tasks = self.to_do(flavour)  # another set-up may have done it while we waited
            if tasks:
                self._make(flavour, tasks, descriptor)
        return self.python

    def _make(self, flavour: Flavour, tasks: Sequence[str], descriptor: int) -> None:
        say(f"Setting up Akimat Desk in {self.folder} with Python {sys.version.split()[0]}.")
        stamp = {} if "environment" in tasks else self.read_stamp()
        (self.folder / "setup.json").unlink(missing_ok=True)
        self.unfinished.touch()
        try:
            self._take_steps(flavour, tasks, descriptor, stamp)
        except Stop:  # a tool said no and ended by itself: the steps before it stand
            self._close(stamp)
            raise
        self._close(stamp)

    def _close(self, stamp: dict[str, object]) -> None:
        self._write_stamp({**stamp, "libraries": sorted(self._names())})
        self.unfinished.unlink()

    def _take_steps(self, flavour: Flavour, tasks: Sequence[str], descriptor: int, stamp: dict[str, object]) -> None:
        """Do `tasks` and note each in `stamp` when it is done."""
        steps = Steps(len(tasks))
        wanted = self.wanted(flavour)
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2", "install"]
        pip += ["--progress-bar", "off", "--no-warn-script-location", "--no-deps"]
        if "environment" in tasks:
            with steps.step("a virtual environment"):
                self._empty()
                self._call([sys.executable, "-m", "venv", "--prompt", "akimat-desk", str(self.folder)], descriptor)
        stamp.update(python=wanted["python"], folder=wanted["folder"])
        if "libraries" in tasks:
            lock = self.lock(flavour)
            total = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
            for done in ("run", "test", "project"):
                stamp.pop(done, None)
            with steps.step(f"the libraries, pinned by hash in {lock.relative_to(self.root)} (some minutes once)"):
                self._call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], descriptor, total)
            stamp[flavour] = wanted[flavour]
        with steps.step("the project itself, editable"):
            self._call([*pip, "--no-build-isolation", "--no-index", "--editable", str(self.root)], descriptor)
        stamp["project"] = wanted["project"]

    def _write_stamp(self, stamp: dict[str, object]) -> None:
        new = self.folder / "setup.json.new"
        new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        os.replace(new, self.folder / "setup.json")

    def _empty(self) -> None:
        """Remove all but the lock and the log; `venv --clear` would take the lock away from under us."""
        for child in self.folder.iterdir():
            if child.name in ("setup.lock", "setup.log", "setup-unfinished"):
                continue
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child)
            else:
                child.unlink()

    def _call(self, call: Sequence[str], descriptor: int, total: int = 0) -> None:
        """Run `call` with its words going to the log; tell how far `total` libraries have come; `Stop` on failure."""
        begun = time.monotonic()
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(f"$ {' '.join(call)}\n")
            stream.flush()
            from_here = stream.tell()
            process = subprocess.Popen(
                call,
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=clean(os.environ),
                pass_fds=() if os.name == "nt" else (descriptor,),
            )
            try:
                while True:
                    try:
                        code = process.wait(EVERY)
                        break
                    except subprocess.TimeoutExpired:
                        if total:
                            say(f"  {how_far(self._said(from_here), total)}, {spent(time.monotonic() - begun)}")
            except BaseException:
                process.kill()
                process.wait()
                raise
        if code:
            raise Stop(why_it_stopped(self._said(from_here), self.log))

    def _said(self, start: int) -> str:
        with self.log.open("rb") as stream:
            stream.seek(start)
            return stream.read().decode("utf-8", "replace")

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """Hold the lock of this folder's set-up; waits for another one. The file's descriptor."""
        try:
            self.folder.mkdir(exist_ok=True)
            descriptor = os.open(self.folder / "setup.lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as why:
            raise Stop(
                f"{self.folder} cannot be written ({why.strerror}); run this as the owner of the folder"
            ) from why
        try:
            if not _lock(descriptor, wait=False):
                say("Another set-up is at work in this folder; waiting for it to end.")
                _lock(descriptor, wait=True)
            yield descriptor
        finally:
            os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    if os.name == "nt":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


STRANGERS = (
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
)
"""Settings of a person's shell that would lead Python or pip to other libraries. Mirrors and certificates are kept."""


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would mix other libraries in."""
    return {name: value for name, value in environment.items() if name not in STRANGERS}


def how_far(said: str, total: int) -> str:
    """How far pip is, out of its words: "12 of 33 libraries fetched" or "installing"."""
    if "\nInstalling collected packages" in said:
        return "installing what was fetched"
    return f"{len(re.findall(r'^Collecting ', said, re.MULTILINE))} of {total} libraries fetched"


def why_it_stopped(said: str, log: Path) -> str:
    """One sentence for the failures people meet; for the rest, pip's last lines."""
    offline = ("NewConnectionError", "name resolution", "Name or service not known", "Network is unreachable",
               "Connection refused", "ConnectTimeoutError", "ProxyError", "getaddrinfo failed")  # fmt: skip
    if "No space left on device" in said:
        return "this disk is full; free about 500 MB and run the same command again"
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        return f"a library that arrived is not the one that was pinned, so it was not installed; see {log}"
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return (
            "the package index was reached, but its certificate is not accepted; "
            "set this PC's date and time right and run the same command again"
        )
    if any(word in said for word in offline):
        return (
            "the libraries cannot be fetched, because the package index does not answer; "
            "connect this PC to the internet once and run the same command again"
        )
    tail = "\n".join(said.splitlines()[-15:])
    return f"the set-up failed; the whole story is in {log}, its last lines are:\n{tail}"
