"""Everything that can stand on a page, one file a widget. A widget takes its place in a parent and finds its look there."""

from akimat_desk.ui.widgets.banner import Banner
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.drawing import Drawing
from akimat_desk.ui.widgets.empty_state import Done, EmptyState
from akimat_desk.ui.widgets.facts import IconFact, Remark, ValueRow
from akimat_desk.ui.widgets.field import Field, PinField
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.page_preview import PagePreview, room_for_page
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.rows import Column, FetchedRows, ListedRows, Row
from akimat_desk.ui.widgets.step_bar import StepBar
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text, Words
from akimat_desk.ui.widgets.table import Table
from akimat_desk.ui.widgets.ticket_card import TicketCard
from akimat_desk.ui.widgets.tile import Tile, TileGrid, TileText

__all__ = [
    "Banner",
    "Bar",
    "Box",
    "Button",
    "Card",
    "Chart",
    "ChoiceRow",
    "Column",
    "Done",
    "Drawing",
    "EmptyState",
    "FetchedRows",
    "Field",
    "IconFact",
    "Line",
    "ListedRows",
    "Live",
    "Option",
    "OptionRow",
    "PagePreview",
    "PinField",
    "ProgressBar",
    "Remark",
    "Row",
    "StepBar",
    "Stepper",
    "Table",
    "Text",
    "TicketCard",
    "Tile",
    "TileGrid",
    "TileText",
    "ValueRow",
    "Words",
    "room_for_page",
]
