"""Every icon of the design is shipped, with its licence, and drawn at exactly the size asked for."""

from __future__ import annotations

import re
import tkinter
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.ui.pictures import ICONS, NoSuchIcon, Pictures, icon_svg

ROOT = Path(__file__).resolve().parents[2]

DESIGN = [
    "printer",
    "graduation-cap",
    "calendar-check",
    "vote",
    "monitor",
    "ticket",
    "wifi",
    "bell-ring",
    "log-out",
    "contrast",
    "arrow-left",
    "arrow-right",
    "house",
    "search",
    "check",
    "usb",
    "smartphone",
    "scan-line",
    "file-text",
    "eraser",
    "undo-2",
    "wallet",
    "lock-keyhole",
    "user",
    "users",
    "map-pin",
    "clock",
    "hourglass",
    "circle-dot",
    "circle",
    "circle-x",
    "volume-2",
    "file-pen-line",
    "list-checks",
    "id-card",
    "qr-code",
    "shapes",
    "mouse-pointer-click",
    "hand",
    "pause",
    "toy-brick",
    "lightbulb",
    "library",
    "bus-front",
    "droplets",
    "tree-deciduous",
    "road",
    "route",
    "eye-off",
    "circle-check",
    "circle-alert",
    "triangle-alert",
    "info",
    "cloud-check",
    "cloud-off",
    "refresh-cw",
    "chart-column",
    "download",
]


@pytest.fixture
def pictures(display: str) -> Iterator[Pictures]:
    root = tkinter.Tk()
    root.withdraw()
    yield Pictures(root)
    root.destroy()


def test_the_icons_of_the_design_are_there_with_their_licence() -> None:
    assert {name for name in DESIGN if not (ICONS / f"{name}.svg").is_file()} == set()
    licence = (ICONS / "LICENSE.txt").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "The MIT License (MIT)" in licence


def test_no_icon_is_shipped_that_neither_the_program_nor_the_design_names() -> None:
    folders = [ROOT / "akimat_desk", ROOT / "printing"]
    program = "".join(file.read_text(encoding="utf-8") for folder in folders for file in folder.rglob("*.py"))
    shipped = {file.stem for file in ICONS.glob("*.svg")}
    assert {name for name in shipped - set(DESIGN) if f'"{name}"' not in program} == set()


def test_icons_are_one_stroke_style() -> None:
    for file in ICONS.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text
        assert 'stroke="currentColor"' in text
        assert not re.search(r"<(image|text|script|style|a)\b", text)


@pytest.mark.parametrize("size", [20, 26, 42, 48, 64, 37])
def test_an_icon_has_the_size_it_was_asked_for(pictures: Pictures, size: int) -> None:
    icon = pictures.icon("printer", size, "#0B5E78")
    assert (icon.width(), icon.height()) == (size, size)


def test_room_beside_an_icon_is_empty(pictures: Pictures) -> None:
    icon = pictures.icon("printer", 20, "#0B5E78", left=10, right=8)
    assert (icon.width(), icon.height()) == (38, 20)
    assert all(icon.transparency_get(x, y) for y in range(20) for x in (*range(10), *range(30, 38)))


def test_a_picture_is_drawn_once(pictures: Pictures) -> None:
    assert pictures.icon("printer", 20, "#0B5E78") is pictures.icon("printer", 20, "#0B5E78")
    assert pictures.icon("printer", 20, "#0B5E78") is not pictures.icon("printer", 20, "#A51D2D")


def test_an_icon_that_is_not_shipped_is_named() -> None:
    with pytest.raises(NoSuchIcon, match="no-such-thing"):
        icon_svg("no-such-thing", 20, "#000000")


def test_the_colour_of_a_token_replaces_the_current_colour() -> None:
    assert "currentColor" not in "".join(icon_svg(file.stem, 20, "#0B5E78") for file in ICONS.glob("*.svg"))


@pytest.mark.parametrize(("width", "height"), [(1366, 24), (1920, 34), (1024, 20), (500, 24)])
def test_the_band_is_as_wide_as_the_window_and_alike_from_both_ends(
    pictures: Pictures, width: int, height: int
) -> None:
    band = pictures.band(width, height, "#0B5E78", "#5FA3B8", "#C98A1B")
    assert (band.width(), band.height()) == (width, height)
    middle = height // 2
    golden = [x for x in range(width) if band.get(x, middle)[0] > 0x90]
    assert abs(golden[0] - (width - 1 - golden[-1])) <= 1


def test_a_corner_has_the_colours_it_was_given(pictures: Pictures) -> None:
    corners = pictures.corners(12, 2, "#FFFFFF", "#000000", "#FF0000")
    assert [
        corner.get(*place) for corner, place in zip(corners, ((0, 0), (11, 0), (0, 11), (11, 11)), strict=True)
    ] == [(255, 0, 0)] * 4
    assert [
        corner.get(*place) for corner, place in zip(corners, ((11, 11), (0, 11), (11, 0), (0, 0)), strict=True)
    ] == [(255, 255, 255)] * 4
    assert corners[0].get(11, 0) == (0, 0, 0)
