"""The voice: recordings of the village's own go first, then a program that is there; without one there is silence."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.service import Desk
from meetings.day import voice
from meetings.day.spoken import LANGUAGES, SpokenLanguage, said_words, vocabulary
from meetings.day.voice import Caller, Recorded, Spoken, check, find_voice, joined


def program(folder: Path, name: str, body: str) -> None:
    """A program on the path, written in Python."""
    file = folder / name
    file.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def record(folder: Path, words: list[str], rate: int = 8000) -> None:
    """A tenth of a second of each word."""
    folder.mkdir(parents=True, exist_ok=True)
    for word in words:
        with wave.open(str(folder / f"{word}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(bytes(rate // 10 * 2))


ESPEAK = """
if sys.argv[1].startswith("--voices"):
    print("Pty Language"); print(" 5 ", sys.argv[1].partition("=")[2], " --/M Name")
else:
    open(__file__ + ".said", "a", encoding="utf-8").write(" ".join(sys.argv[1:]) + "\\n")
"""


def test_without_a_program_there_is_silence_and_the_doctor_says_so(path: Path) -> None:
    assert find_voice(None) is None
    assert check(None).state == "off"
    caller = Caller(lambda: find_voice(None))
    assert caller.call("12", 3) is False
    caller.close()


def test_a_call_is_spoken_in_kazakh_and_then_in_russian(path: Path) -> None:
    program(path, "espeak-ng", ESPEAK)
    found = find_voice(None)
    assert found is not None
    assert (found.name, found.languages, check(None).state) == ("espeak-ng", LANGUAGES, "works")
    caller = Caller(lambda: found)
    caller.call("А-12", 3)
    caller._calls.put(None)
    caller._thread.join(20)
    said = (path / "espeak-ng.said").read_text(encoding="utf-8").splitlines()
    assert said == [
        "-v kk -s 125 -- Талон а он екі. Үшінші бөлме.",
        "-v ru -s 125 -- Талон а двенадцать. Кабинет три.",
    ]


def test_a_program_that_fails_keeps_nobody_waiting(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    program(path, "broken", "sys.exit(1)")
    caller = Caller(lambda: Spoken("broken", {"kk": [str(path / "broken")], "ru": [str(path / "gone")]}))
    caller.call("1", 1)
    caller._calls.put(None)
    caller._thread.join(20)
    assert [record.message for record in caplog.records] == [
        "the voice broken: CalledProcessError",
        "the voice broken: FileNotFoundError",
    ]


def test_recorded_words_are_joined_and_go_before_a_program(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path, "espeak-ng", ESPEAK)
    program(path, "aplay", "open(__file__ + '.bytes', 'wb').write(open(sys.argv[1], 'rb').read())")
    for language in LANGUAGES:
        record(home.data / "voice" / language, list(vocabulary(language)))
    found = find_voice(home)
    assert isinstance(found, Recorded)
    assert found.languages == LANGUAGES
    found.speak("А-12", 1, "kk")
    with wave.open(str(path / "aplay.bytes"), "rb") as file:
        assert file.getnframes() == 6 * 800 + 2 * (8000 // 3)  # талон, а, он, екі; бірінші, бөлме; pauses after them


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_call_is_made_of_the_words_on_the_list(language: SpokenLanguage) -> None:
    known = set(vocabulary(language))
    for prefix in ("А", "ДЕ", "АА"):
        calls = [said_words(f"{prefix}-{n:02}", n, language) for n in range(1, 1000)]
        assert {word for call in calls for one in call for word in one} <= known
    page = (Path(__file__).parents[3] / "docs" / "voice.md").read_text(encoding="utf-8")
    assert known <= set(page.replace(",", " ").replace(".", " ").split())


def test_the_doctor_says_which_words_are_missing(desk: Desk, path: Path) -> None:
    folder = desk.home.data / "voice" / "kk"
    record(folder, [word for word in vocabulary("kk") if word not in ("он", "екі")])
    record(folder, ["екі"], rate=16000)
    told = check(desk)
    assert (told.state, dict(told.values)) == ("attention", {"folder": "voice/kk", "words": "екі, он"})


def test_a_missing_word_and_one_of_another_form_are_no_recording(tmp_path: Path) -> None:
    record(tmp_path, ["талон"])
    assert joined(tmp_path, [["талон", "он"]]) is None
    record(tmp_path, ["он"], rate=16000)
    assert joined(tmp_path, [["талон", "он"]]) is None
    (tmp_path / "он.wav").write_bytes(b"no sound")
    assert joined(tmp_path, [["талон", "он"]]) is None


def test_one_caller_a_desk(home: Home, path: Path) -> None:
    assert voice.caller_at(home) is voice.caller_at(home)
