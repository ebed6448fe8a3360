"""The voice that calls: recorded words of the village's own, else a speech program that is installed, else silence.

    recordings  `voice/kk/екі.wav` in the desk's data folder: one word a file, all of one form; played one after another
    Windows     the voices of the system (SAPI), as far as there is one of the language
    espeak-ng   has Kazakh and Russian; a program of its own, nothing of it is in ours
    spd-say     whatever voices the speech dispatcher of the system knows

A call is spoken beside everything else, first in Kazakh, then in Russian, and one after the other where two come at
once. What it says is a number and a room (`spoken`). Where a program fails there is silence and a line in the log.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, Protocol

from akimat_desk.base.words import N_
from akimat_desk.service import Finding
from meetings.day.spoken import LANGUAGES, SpokenLanguage, said_words, sentence, vocabulary

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home
    from akimat_desk.service import Desk

log = logging.getLogger(__name__)

SECONDS: Final = 20
"""A call that takes longer is cut off: the speech program hangs."""
WORDS_A_MINUTE: Final = 125
MOST_TOLD: Final = 8
PLAYERS: Final = ("pw-play", "paplay", "aplay")

_SAPI: Final = (
    "Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
    " $v = $s.GetInstalledVoices() | Where-Object { $_.Enabled -and"
    " $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq '%s' } | Select-Object -First 1; if (-not $v) { exit 3 };"
)
"""PowerShell: a synthesiser `$s` and a voice `$v` of the language."""


class Voice(Protocol):
    """Something that can speak a call in some languages."""

    @property
    def name(self) -> str:
        """What it is called, for staff."""
        ...

    @property
    def languages(self) -> tuple[SpokenLanguage, ...]:
        """What it speaks."""
        ...

    def speak(self, number: str, room: int, language: SpokenLanguage) -> None:
        """Speak, and come back when it is said (blocks). Raises `OSError` or `subprocess.SubprocessError`."""
        ...


@dataclass(frozen=True)
class Recorded:
    """Single words spoken by a person, kept as sound files."""

    folder: Path
    player: Sequence[str]
    languages: tuple[SpokenLanguage, ...]
    name: str = "WAV"

    def speak(self, number: str, room: int, language: SpokenLanguage) -> None:
        """See `Voice`."""
        sound = joined(self.folder / language, said_words(number, room, language))
        if sound is None:
            raise FileNotFoundError(language)
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(sound, winsound.SND_MEMORY)
            return
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(sound)
            file.flush()
            _run([*self.player, file.name])


def joined(folder: Path, sentences: Sequence[Sequence[str]]) -> bytes | None:
    """The words of a call as one sound, with a third of a second between sentences. None where a word is missing, is no
    sound file, or is recorded in another form than the first.
    """
    form: tuple[int, int, int] | None = None
    frames = []
    try:
        for one in sentences:
            for word in one:
                with wave.open(str(folder / f"{word}.wav"), "rb") as file:
                    found = (file.getnchannels(), file.getsampwidth(), file.getframerate())
                    if form is None:
                        form = found
                    if found != form:
                        return None
                    frames.append(file.readframes(file.getnframes()))
            if form is not None:
                frames.append(bytes(form[0] * form[1] * (form[2] // 3)))
    except (OSError, EOFError, wave.Error):
        return None
    if form is None:
        return None
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(form[0])
        file.setsampwidth(form[1])
        file.setframerate(form[2])
        file.writeframes(b"".join(frames))
    return out.getvalue()


@dataclass(frozen=True)
class Spoken:
    """A program that is given the text: `commands` by language; `by_input` where it reads it from its input."""

    name: str
    commands: Mapping[SpokenLanguage, Sequence[str]] = field(default_factory=dict)
    by_input: bool = False

    @property
    def languages(self) -> tuple[SpokenLanguage, ...]:
        """See `Voice`."""
        return tuple(self.commands)

    def speak(self, number: str, room: int, language: SpokenLanguage) -> None:
        """See `Voice`."""
        text = sentence(number, room, language)
        if self.by_input:
            _run(self.commands[language], text)
        else:
            _run([*self.commands[language], text])


def _run(command: Sequence[str], typed: str = "") -> str:
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(  # noqa: S603 (programs found above, words of our own)
        command, input=typed.encode(), capture_output=True, timeout=SECONDS, check=True, creationflags=hidden
    )
    return done.stdout.decode(errors="replace")


def find_voice(home: Home | None) -> Voice | None:
    """The best voice there is here (blocks: asks programs which languages they have)."""
    found = [one for one in (_recorded(home), _sapi(), _espeak(), _dispatcher()) if one is not None and one.languages]
    return max(found, key=lambda one: len(one.languages), default=None)


def _recorded(home: Home | None) -> Voice | None:
    player = next(([path] for name in PLAYERS if (path := shutil.which(name))), None)
    if home is None or (player is None and sys.platform != "win32"):
        return None
    folder = home.data / "voice"
    whole = tuple(language for language in LANGUAGES if not lacking(folder / language, language))
    return Recorded(folder, player or (), whole)


def lacking(folder: Path, language: SpokenLanguage) -> tuple[str, ...]:
    """The words that are not recorded, or in another form than the others."""
    words = vocabulary(language)
    form = next((found for word in words if (found := _form(folder / f"{word}.wav"))), None)
    return tuple(word for word in words if form is None or _form(folder / f"{word}.wav") != form)


def _form(file: Path) -> tuple[int, int, int] | None:
    """Channels, bytes a sample and samples a second; None where it is no sound file."""
    try:
        with wave.open(str(file), "rb") as sound:
            return sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
    except (OSError, EOFError, wave.Error):
        return None


def _sapi() -> Voice | None:
    if os.name != "nt":
        return None
    shell = ["powershell", "-NoProfile", "-NonInteractive", "-Command"]
    say = " $s.SelectVoice($v.VoiceInfo.Name); [Console]::InputEncoding = [Text.Encoding]::UTF8;"
    say += " $s.Speak([Console]::In.ReadToEnd())"
    there = {}
    for language in LANGUAGES:
        try:
            _run([*shell, _SAPI % language])
        except (OSError, subprocess.SubprocessError):
            continue
        there[language] = [*shell, _SAPI % language + say]
    return Spoken("Windows", there, by_input=True)


def _espeak() -> Voice | None:
    program = shutil.which("espeak-ng")
    if program is None:
        return None
    there = {}
    for language in LANGUAGES:
        try:
            listed = _run([program, f"--voices={language}"]).splitlines()[1:]
        except (OSError, subprocess.SubprocessError):
            return None
        if any(line.split()[1:2] == [language] for line in listed):
            there[language] = [program, "-v", language, "-s", f"{WORDS_A_MINUTE}", "--"]
    return Spoken("espeak-ng", there)


def _dispatcher() -> Voice | None:
    program = shutil.which("spd-say")
    if program is None:
        return None
    try:
        listed = _run([program, "-L"])
    except (OSError, subprocess.SubprocessError):
        return None
    languages = {word.partition("-")[0] for line in listed.splitlines() for word in line.split()}
    there = {one: [program, "--wait", "-l", one, "--"] for one in LANGUAGES if one in languages}
    return Spoken("spd-say", there)


class Caller:
    """Speaks calls one after the other, on a thread of its own, which also looks for the voice. Silent without one."""

    def __init__(self, find: Callable[[], Voice | None]) -> None:
        self._find = find
        self._voice: Voice | None = None
        self._found = threading.Event()
        self._calls: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="voice", daemon=True)
        self._thread.start()

    def call(self, number: str, room: int) -> bool:
        """Say it soon, in every language there is a voice for, Kazakh first. False: there is none, as far as is known
        by now.
        """
        self._calls.put((number, room))
        return self._found.is_set() and self._voice is not None

    def close(self) -> None:
        """Say what is being said to its end, and no more."""
        while not self._calls.empty():
            self._calls.get()
        self._calls.put(None)
        self._thread.join(2 * SECONDS)

    def _serve(self) -> None:
        voice = self._voice = self._find()
        self._found.set()
        while (one := self._calls.get()) is not None:
            for language in LANGUAGES:
                if voice is not None and language in voice.languages:
                    try:
                        voice.speak(*one, language)
                    except (OSError, subprocess.SubprocessError) as why:
                        log.warning("the voice %s: %s", voice.name, type(why).__name__)


@cache
def caller_at(home: Home) -> Caller:
    """The one caller of a desk in this process, whatever screens come and go."""
    return Caller(lambda: find_voice(home))


def check(desk: Desk | None) -> Finding:
    """The line of `akimat-desk doctor`."""
    if desk is not None:
        for language in LANGUAGES:
            folder = desk.home.data / "voice" / language
            missing = lacking(folder, language) if folder.is_dir() else ()
            if missing:
                return Finding(
                    "attention",
                    N_("Recorded words are missing or of another form in the folder {folder}: {words}."),
                    N_("Record every word in one form; until then another voice is used."),
                    values=(("folder", f"voice/{language}"), ("words", ", ".join(missing[:MOST_TOLD]))),
                )
    voice = find_voice(desk.home if desk is not None else None)
    if voice is None:
        return Finding(
            "off",
            N_("The board calls without a voice: no speech program is installed."),
            N_("Install espeak-ng if calls are to be spoken."),
        )
    values = (("program", voice.name),)
    if voice.languages == LANGUAGES:
        return Finding("works", N_("Calls are spoken in Kazakh and Russian: {program}."), values=values)
    only = N_("Calls are spoken in Kazakh only: {program}.")
    if voice.languages == ("ru",):
        only = N_("Calls are spoken in Russian only: {program}.")
    return Finding("attention", only, N_("Install espeak-ng, which speaks both languages."), values)
