"""The tour walks the whole program, resident and staff, and leaves pictures of it and the papers it printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from akimat_desk.service import find_services
from akimat_desk.shell import hands
from akimat_desk.shell.tour import walk

from .conftest import words_of

pytestmark = pytest.mark.screen

OF_THE_SHELL = {
    *{"home", "home-ru", "home-en", "home-dark", "home-large", "help", "finish", "farewell", "sign-in", "staff-today"},
    *{"begin", "village", "this-pc", "administrator", "recovery-key"},
}


@pytest.mark.timeout(240)
def test_pictures_and_papers_are_left(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "SETTLE_S", 0.1)
    monkeypatch.setattr("printing.screens.enter.find_printers", tuple)  # looking round the network takes seconds
    assert walk(tmp_path, words_of(find_services())) == 0
    pictures = {file.stem.split("-", 1)[1]: file for file in (tmp_path / "pictures").rglob("*.png")}
    assert pictures.keys() >= OF_THE_SHELL
    seen = set()
    for name, file in pictures.items():
        with Image.open(file) as picture:
            assert picture.size == (1366, 768), name
            colours = picture.convert("RGB").getcolors(1 << 20)
            assert colours is not None
            assert len(colours) > 50, f"{name} is nearly empty"
            seen.add(picture.tobytes())
    assert len(seen) >= len(pictures) - 1  # a printer may be too quick for two pictures of its work
    papers = sorted((tmp_path / "papers").glob("*.pdf"))
    assert papers != []
    assert [paper.read_bytes()[:5] for paper in papers] == [b"%PDF-"] * len(papers)


@pytest.mark.timeout(240)
def test_it_is_walked_in_the_language_that_was_asked_for(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after the resident's end, when the home is Kazakh again."""
    seen: dict[str, str] = {}
    monkeypatch.setattr(hands.Hands, "picture", lambda self, name: seen.update({name: self.app.window.language}))
    monkeypatch.setattr("printing.screens.enter.find_printers", tuple)
    assert walk(tmp_path, words_of(find_services()), "ru") == 0
    assert {name: seen.pop(name) for name in ("home-kk", "home-en")} == {"home-kk": "kk", "home-en": "en"}
    assert set(seen) >= {"begin", "recovery-key", "home", "home-large", "farewell", "sign-in", "staff-backup"}
    assert {name: language for name, language in seen.items() if language != "ru"} == {}


def test_a_second_walk_leaves_nothing_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "99-old.png").write_bytes(b"old")

    class StopHere(Exception):
        pass

    def stop(*_: object) -> None:
        raise StopHere

    monkeypatch.setattr("akimat_desk.shell.tour._first_set_up", stop)
    with pytest.raises(StopHere):
        walk(tmp_path, words_of(find_services()))
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == []
