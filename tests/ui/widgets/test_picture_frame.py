"""A frame on a picture: drawn, taken, resized; it never leaves the picture."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.picture_frame import LEAST, Frame, PictureFrame, between, hold
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

parts = st.floats(-2, 3)


@given(parts, parts, parts, parts)
def test_a_frame_lies_on_its_picture(left: float, top: float, right: float, bottom: float) -> None:
    for frame in (hold((left, top, right, bottom)), between((left, top), (right, bottom))):
        assert min(frame[:2]) >= 0
        assert min(frame[2:]) >= LEAST - 1e-9
        assert max(frame[0] + frame[2], frame[1] + frame[3]) <= 1 + 1e-9


def shown(
    show: Callable[..., object], window: Window, frame: Frame, *, fixed: bool = False
) -> tuple[PictureFrame, list[Frame]]:
    told: list[Frame] = []
    out = io.BytesIO()
    Image.new("L", (200, 300), 255).save(out, "PNG")

    def build(body: Box, _: Stage) -> None:
        PictureFrame(body, out.getvalue(), frame, told.append, fixed=fixed).pack()

    show(build)
    control = window.page.controls["frame"]
    assert isinstance(control, PictureFrame)
    return control, told


def drag(control: PictureFrame, window: Window, start: tuple[int, int], end: tuple[int, int]) -> None:
    control.canvas.event_generate("<ButtonPress-1>", x=start[0], y=start[1])
    control.canvas.event_generate("<B1-Motion>", x=end[0], y=end[1])
    control.canvas.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
    settle(window)


def test_on_the_whole_picture_a_frame_is_drawn(show: Callable[..., object], window: Window) -> None:
    control, told = shown(show, window, (0, 0, 1, 1))
    drag(control, window, (150, 240), (50, 60))
    assert told == [pytest.approx((0.25, 0.2, 0.5, 0.6))]


def test_it_is_taken_inside_and_moved(show: Callable[..., object], window: Window) -> None:
    control, told = shown(show, window, (0.25, 0.25, 0.5, 0.5))
    drag(control, window, (100, 150), (120, 120))
    assert told == [pytest.approx((0.35, 0.15, 0.5, 0.5))]
    drag(control, window, (100, 150), (900, 900))
    assert told[-1] == pytest.approx((0.5, 0.5, 0.5, 0.5))


def test_a_corner_resizes_it_unless_its_size_is_fixed(show: Callable[..., object], window: Window) -> None:
    control, told = shown(show, window, (0.25, 0.25, 0.5, 0.5))
    drag(control, window, (50, 75), (20, 30))
    assert told == [pytest.approx((0.1, 0.1, 0.65, 0.65))]
    control, told = shown(show, window, (0.25, 0.25, 0.5, 0.5), fixed=True)
    drag(control, window, (50, 75), (20, 30))
    assert told == [pytest.approx((0.1, 0.1, 0.5, 0.5))]


def test_a_click_changes_nothing_and_keys_do(show: Callable[..., object], window: Window) -> None:
    control, told = shown(show, window, (0.25, 0.25, 0.5, 0.5), fixed=True)
    drag(control, window, (100, 150), (100, 150))
    assert (told, control.has_focus()) == ([], True)
    for key in ("<Key-Right>", "<Key-Down>", "<Shift-Key-Right>"):
        control.canvas.event_generate(key)
        settle(window)
    assert told[-1] == pytest.approx((0.25 + 0.03, 0.25 + 0.01, 0.5, 0.5))
    assert control.ring_shown
