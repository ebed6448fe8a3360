"""Which Python the set-up runs on: 3.11 to 3.13, with tkinter and able to make a virtual environment.

This file (with run.py and test.py) keeps to words every Python 3 understands, so that an old one can say in one
sentence what it lacks instead of stumbling over our syntax.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)

SYSTEM_FOLDERS = [] if os.name == "nt" else ["/usr/bin"]
"""Looked through even where PATH does not name them."""

TELL = "import sys; print('%d.%d' % sys.version_info[:2]); import _tkinter, ensurepip; print('whole')"
"""What a candidate is asked: its version, and `whole` if tkinter and ensurepip are there."""


def is_suitable(version: "tuple[int, ...]") -> bool:
    """Whether a Python of this (major, minor) can run Akimat Desk."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def is_whole() -> bool:
    """Whether the running Python has tkinter and can make virtual environments."""
    try:
        import _tkinter  # noqa: F401
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def candidates(path: str) -> "list[str]":
    """Files that may be another Python: python3.13 to python3.11 and python3 in each folder of `path`, newest first."""
    names = ["python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)] + ["python3"]
    if os.name == "nt":
        names = ["python.exe"]
    folders = [folder for folder in path.split(os.pathsep) if folder] + SYSTEM_FOLDERS
    found = []
    for name in names:
        for folder in folders:
            file = os.path.join(folder, name)
            if file not in found and os.access(file, os.X_OK) and not os.path.isdir(file):
                found.append(file)
    return found


def ask(file: str) -> "tuple[tuple[int, int], bool]":
    """((major, minor), whole) of the Python at `file`; ((0, 0), False) when it does not answer as one."""
    try:
        call = subprocess.Popen([file, "-c", TELL], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        words = call.communicate()[0].decode("ascii", "replace").split()
        major, minor = words[0].split(".")
        return (int(major), int(minor)), words[1:] == ["whole"]
    except (OSError, ValueError, IndexError):
        return (0, 0), False


def another(path: str, whole_only: bool) -> str:
    """The first suitable Python on `path`, a whole one before one without tkinter; "" when there is none."""
    lacking = ""
    for file in candidates(path):
        version, whole = ask(file)
        if is_suitable(version) and whole:
            return file
        if is_suitable(version) and not lacking:
            lacking = file
    return "" if whole_only else lacking


def sentence_for(version: "tuple[int, ...]") -> str:
    """What a person on an unsuitable Python reads."""
    return (
        "Akimat Desk needs Python 3.%d to 3.%d; this is Python %d.%d and no other was found. "
        "On Debian or Ubuntu: apt-get install python3 python3-tk python3-venv"
        % (OLDEST[1], NEWEST[1], version[0], version[1])
    )


def choose() -> None:
    """Return when the running Python will do; else start over with one that will, or say why not and leave."""
    if sys.prefix != sys.base_prefix:  # inside a virtual environment, perhaps the very one to be rebuilt
        start_over(getattr(sys, "_base_executable", "") or os.path.join(sys.base_prefix, "bin", "python3"))
    suitable = is_suitable(sys.version_info)
    if suitable and is_whole():
        return
    found = another(os.environ.get("PATH", ""), whole_only=suitable)
    if found:
        start_over(found)
    if not suitable:
        sys.exit(sentence_for(sys.version_info))


def start_over(python: str) -> None:
    """Become `python`, with the same script and arguments."""
    call = [python, *sys.argv]
    sys.stdout.flush()
    if os.name == "nt":  # Windows has no exec: it would return to the prompt before the program has ended
        sys.exit(subprocess.call(call))
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    os.execve(python, call, environment)
