"""Where somebody writes the place of a file that is on no stick: a folder, or the file itself."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box


def place_field(
    box: Box,
    stage: Stage,
    typed: str,
    on_type: Callable[[str], object],
    on_look: Callable[[], object],
    *,
    hint: str,
    missing: bool,
    height: int = 0,
) -> None:
    """The field ("typed") and its button ("look-there"), of such a `height`; `missing`: nothing was written."""
    t = stage.t
    Field(
        box,
        t("Folder or file"),
        typed,
        on_type,
        hint=hint,
        error=t("Put in a USB stick, or write the folder.") if missing else "",
        on_enter=lambda _: on_look(),
        name="typed",
    ).pack(fill="x")
    Button(box, t.button("Look there"), on_look, icon="search", name="look-there", height=height).pack(
        anchor="w", pady=(stage.px(6), 0)
    )
