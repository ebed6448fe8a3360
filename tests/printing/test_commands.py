"""`print inspect` and `print send`, called as a person calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from akimat_desk.documents.worker import Worker
from akimat_desk.shell.command_line import LANGUAGE_VARIABLE, main
from printing import commands
from printing.devices.ipp.codec import Tag, attribute
from printing.devices.ipp.words import JobStateNumber, Operation
from tests.documents.files import locked, pdf
from tests.printing.misbehaviours import answers, loses_reply, loses_request, vanishes
from tests.printing.receipt_sink import ReceiptSink
from tests.printing.scripted_printer import Moment, ScriptedPrinter

KEYS = [
    "file", "kind", "valid", "reason", "message", "pages", "colour_pages", "blank_pages", "encrypted",
    "needs_password", "printing_allowed", "repaired", "sizes_mm", "encoding",
]  # fmt: skip


@pytest.fixture(scope="module")
def _worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with Worker(tmp_path_factory.mktemp("worker")) as worker:
        yield worker


@pytest.fixture(autouse=True)
def _one_worker(_worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process for each call is what the program does and what would make these tests slow."""
    monkeypatch.setattr(commands, "Worker", lambda folder: nullcontext(_worker))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Exit code, standard output, standard error."""
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main(["print", *map(str, arguments)])
        except SystemExit as gone:
            code = int(gone.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def device() -> Iterator[ScriptedPrinter]:
    with ScriptedPrinter() as device:
        yield device


def coloured(canvas: Any, page: int) -> None:
    canvas.setFillColorRGB(0.8, 0.1, 0.1) if page == 2 else canvas.setFillGray(0)
    canvas.rect(100, 100, 200, 200, fill=1)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Three pages, the second in colour."""
    file = tmp_path / "өтініш.pdf"
    file.write_bytes(pdf(3, coloured))
    return file


# -- inspect --------------------------------------------------------------------------------------------------------


def test_a_file_is_reported_with_all_that_is_known(run: Callable[..., Any], letter: Path) -> None:
    code, out, err = run("inspect", letter, "--json")
    assert (code, err) == (0, "")
    (row,) = json.loads(out)
    assert list(row) == KEYS
    assert row == {
        "file": str(letter), "kind": "pdf", "valid": True, "reason": "", "message": "", "pages": 3,
        "colour_pages": [2], "blank_pages": [], "encrypted": False, "needs_password": False, "printing_allowed": True,
        "repaired": False, "sizes_mm": [[210.0, 297.0]] * 3, "encoding": "",
    }  # fmt: skip


def test_one_refused_file_does_not_hide_the_others(run: Callable[..., Any], letter: Path, tmp_path: Path) -> None:
    secret, empty, text = tmp_path / "secret.pdf", tmp_path / "empty.pdf", tmp_path / "list.txt"
    secret.write_bytes(locked("open", "owner"))
    empty.write_bytes(b"")
    text.write_bytes("Тізім: шам, бояу, қағаз, үстел\n".encode("kz1048") * 9)
    code, out, _ = run("inspect", secret, letter, empty, tmp_path / "gone.pdf", text, "--json")
    assert code == 3
    assert [(row["reason"], row["valid"], row["needs_password"], row["encoding"]) for row in json.loads(out)] == [
        ("password-needed", False, True, ""),
        ("", True, False, ""),
        ("empty", False, False, ""),
        ("file-gone", False, False, ""),
        ("", True, False, "kz1048"),
    ]


def test_a_password_opens_what_it_fits(run: Callable[..., Any], tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(locked("open", "owner"))
    code, out, _ = run("inspect", secret, "--password", "open", "--json")
    assert (code, json.loads(out)[0]["encrypted"], json.loads(out)[0]["pages"]) == (0, True, 2)
    code, out, _ = run("inspect", secret, "--password", "wrong", "--json")
    assert (code, json.loads(out)[0]["reason"]) == (3, "password-wrong")


def test_what_its_author_forbids_to_print_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "forbidden.pdf"
    file.write_bytes(locked("", "owner", may_print=False))
    code, out, _ = run("inspect", file, "--json")
    (row,) = json.loads(out)
    assert (code, row["valid"], row["printing_allowed"]) == (3, True, False)


def test_a_name_cannot_write_over_the_terminal(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    file = tmp_path / "a\n\x1b[2Jb.pdf"
    file.write_bytes(pdf(1))
    assert run("inspect", file) == (0, f"{tmp_path}/a\ufffd\ufffd[2Jb.pdf: 1 page.\n", "")


def test_without_json_a_line_for_each_file(run: Callable[..., Any], letter: Path, tmp_path: Path) -> None:
    code, out, _ = run("inspect", letter, tmp_path / "gone.pdf")
    first, second = out.splitlines()
    assert (code, first) == (3, f"{letter}: 3 pages.")
    assert second.startswith(f"{tmp_path / 'gone.pdf'}: ")


# -- send -----------------------------------------------------------------------------------------------------------


def test_a_file_is_printed_and_counted(run: Callable[..., Any], device: ScriptedPrinter, letter: Path) -> None:
    code, out, err = run("send", letter, "--printer", device.uri, "--copies", 2, "--sides", "long", "--wait", "--json")
    told = json.loads(out)
    assert (code, err, list(told)) == (0, "", ["state", "pages", "sheets", "size", "seconds"])
    assert (told["state"], told["pages"], told["sheets"]) == ("completed", 6, 4)
    assert told["seconds"] > 0
    (job,) = device.jobs.values()
    assert (job.template.number("copies"), job.template.text("sides")) == (2, "two-sided-long-edge")
    assert (job.document or b"")[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("sides", "sent"),
    [
        ("one", "one-sided"),
        ("long", "two-sided-long-edge"),
        ("short", "two-sided-short-edge"),
        ("one-sided", "one-sided"),
        ("two-sided-long-edge", "two-sided-long-edge"),
        ("two-sided-short-edge", "two-sided-short-edge"),
    ],
)
def test_the_sides_are_named_in_our_words_or_in_ipps(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, sides: str, sent: str
) -> None:
    assert run("send", letter, "--printer", device.uri, "--sides", sides)[0] == 0
    assert device.jobs[1].template.text("sides") == sent


@pytest.mark.parametrize(
    ("asked", "pages", "sent"),
    [("auto", "", "color"), ("auto", "1,3", "monochrome"), ("grey", "", "monochrome"), ("colour", "1", "color")],
)
def test_auto_prints_colour_where_there_is_any(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, asked: str, pages: str, sent: str
) -> None:
    assert run("send", letter, "--printer", device.uri, "--colour", asked, "--pages", pages)[0] == 0
    assert device.jobs[1].template.text("print-color-mode") == sent


def test_auto_on_a_black_and_white_printer_is_grey(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.attributes["color-supported"] = attribute("color-supported", Tag.BOOLEAN, False)
    device.attributes["print-color-mode-supported"] = attribute("print-color-mode-supported", Tag.KEYWORD, "monochrome")
    assert run("send", letter, "--printer", device.uri)[0] == 0
    code, _, err = run("send", letter, "--printer", device.uri, "--colour", "colour")
    assert (code, "print-color-mode" in err) == (1, True)


def test_only_the_chosen_pages_are_sent(run: Callable[..., Any], device: ScriptedPrinter, letter: Path) -> None:
    code, out, _ = run("send", letter, "--printer", device.uri, "--pages", "3,1", "--json")
    assert (code, json.loads(out)["pages"]) == (0, 2)


@pytest.mark.parametrize(
    ("media", "asked", "size", "millimetres"),
    [
        (("iso_a4_210x297mm", "iso_a3_297x420mm"), (), "A3", (297, 420)),
        (("iso_a4_210x297mm",), (), "A4", (210, 297)),
        (("iso_a4_210x297mm", "iso_a5_148x210mm"), ("--size", "A5"), "A5", (148, 210)),
    ],
)
def test_a_sheet_larger_than_a4_comes_on_what_the_printer_has_or_what_is_asked_for(
    run: Callable[..., Any], device: ScriptedPrinter, tmp_path: Path, media: tuple[str, ...], asked: tuple[str, ...],
    size: str, millimetres: tuple[int, int],
) -> None:  # fmt: skip
    for name in ("media-supported", "media-ready"):
        device.attributes[name] = attribute(name, Tag.KEYWORD, *media)
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(pdf(1, size=(841.9, 1190.6)))
    code, out, _ = run("send", plan, "--printer", device.uri, *asked, "--json")
    assert (code, json.loads(out)["size"]) == (0, size)
    assert device.jobs[1].template.text("media") == media[-1]
    sent = pypdfium2.PdfDocument(device.jobs[1].document)
    assert tuple(round(length / 72 * 25.4) for length in sent[0].get_size()) == millimetres
    sent.close()


def test_a_sheet_the_printer_does_not_have_is_refused(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    code, _, err = run("send", letter, "--printer", device.uri, "--size", "A3")
    assert (code, "media" in err, device.jobs) == (1, True, {})


def test_without_wait_it_comes_back_once_the_printer_has_the_document(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.story = (Moment(JobStateNumber.PROCESSING),) * 1000
    code, out, _ = run("send", letter, "--printer", device.uri)
    assert (code, out) == (0, "The printer has the document.\n")


def test_a_folder_and_a_bare_host_are_addresses_too(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    uri = papers.as_uri().replace("file:", "folder:")
    code, out, _ = run("send", letter, "--printer", uri, "--wait")
    assert (code, out) == (0, "Printed. Pages: 3, sheets: 3.\n")
    assert len(list(papers.glob("*.pdf"))) == 1
    assert run("send", letter, "--printer", f"127.0.0.1:{device.port}")[0] == 0


def test_a_raster_only_printer_gets_raster(run: Callable[..., Any], device: ScriptedPrinter, letter: Path) -> None:
    device.attributes["document-format-supported"] = attribute(
        "document-format-supported", Tag.MIME_TYPE, "image/pwg-raster"
    )
    assert run("send", letter, "--printer", device.uri, "--pages", "1", "--wait")[0] == 0
    assert (device.jobs[1].document_format, (device.jobs[1].document or b"")[:4]) == ("image/pwg-raster", b"RaS2")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--copies", "0"], 1, "Choose between 1 and 99 copies."),
        (["--copies", "100"], 1, "Choose between 1 and 99 copies."),
        (["--copies", "x"], 2, "--copies is a whole number, and this is not: x"),
        (["--pages", "9"], 1, "The document has no such page. Pages in it: 3."),
        (["--pages", "a-b"], 1, "The page choice cannot be read. Example: 1-3, 5."),
        (["--sides", "both"], 2, "--sides cannot be this: both. Possible: one, long, short"),
        (["--colour", "blue"], 2, "--colour cannot be this: blue. Possible: auto, grey, colour"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, arguments: list[str], code: int, words: str
) -> None:
    got, out, err = run("send", letter, "--printer", device.uri, *arguments)
    assert (got, out, words in err, "Traceback" in err) == (code, "", True, False)
    assert device.jobs == {}


@pytest.mark.parametrize("address", ["", "not an address", "192.168.1", "gopher://host/"])
def test_an_address_that_cannot_be_one(run: Callable[..., Any], letter: Path, address: str) -> None:
    code, out, _ = run("send", letter, "--printer", address, "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "printer-address")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "file-refused"), (locked("open", "owner"), "password-needed"), (locked("", "o", may_print=False), None)],
    ids=["empty", "locked", "forbidden"],
)
def test_a_file_that_cannot_be_printed_is_refused_before_the_printer_hears_of_it(
    run: Callable[..., Any], device: ScriptedPrinter, tmp_path: Path, content: bytes, reason: str | None
) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(content)
    code, out, _ = run("send", file, "--printer", device.uri, "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"]) == (1, reason or "printing-forbidden")
    assert error["message"].endswith(".")
    assert device.requests == []


def test_a_printer_that_is_off_is_told(run: Callable[..., Any], device: ScriptedPrinter, letter: Path) -> None:
    device.vanish()
    code, out, err = run("send", letter, "--printer", device.uri)
    assert (code, out) == (1, "")
    assert err == (
        f"The printer at {device.uri} is not answering."
        " Check that the printer is on and its cable or Wi-Fi is connected.\n"
    )


# -- a reply that is lost -------------------------------------------------------------------------------------------


def test_a_lost_reply_is_looked_up_and_never_sent_again(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.next(Operation.SEND_DOCUMENT, loses_reply())
    code, out, _ = run("send", letter, "--printer", device.uri, "--wait", "--json")
    assert (code, json.loads(out)["state"], len(device.jobs)) == (0, "completed", 1)


def test_a_job_that_never_got_its_document_is_cleared_away_and_told(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.next(Operation.SEND_DOCUMENT, loses_request())
    code, out, _ = run("send", letter, "--printer", device.uri, "--json")
    assert (code, device.jobs[1].cancelled) == (1, True)
    assert json.loads(out)["error"]["code"] == "printer-reply-lost"


def test_a_job_that_certainly_does_not_exist_is_a_plain_refusal(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.next(Operation.CREATE_JOB, loses_request())
    code, out, _ = run("send", letter, "--printer", device.uri, "--json")
    assert (code, json.loads(out)["error"]["code"], device.jobs) == (1, "printer-reply-lost", {})


def test_a_printer_that_vanishes_with_the_document_leaves_it_unknown(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path
) -> None:
    device.next(Operation.SEND_DOCUMENT, vanishes())
    code, _, err = run("send", letter, "--printer", device.uri, "--wait")
    assert (code, err) == (
        1,
        "We cannot tell whether it printed. Look in the tray. Do not send it again before you have looked.\n",
    )


def test_a_printer_that_falls_silent_while_it_prints_is_not_waited_for_for_ever(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "PATIENCE_S", 0.0)
    device.next(Operation.GET_JOB_ATTRIBUTES, answers(0x0507), vanishes())
    code, out, _ = run("send", letter, "--printer", device.uri, "--wait", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "job-unknown")


@pytest.mark.parametrize(
    ("state", "code"), [(JobStateNumber.ABORTED, 1), (JobStateNumber.CANCELED, 1), (JobStateNumber.COMPLETED, 0)]
)
def test_the_exit_code_tells_whether_it_printed(
    run: Callable[..., Any], device: ScriptedPrinter, letter: Path, state: JobStateNumber, code: int
) -> None:
    device.story = (Moment(state),)
    assert run("send", letter, "--printer", device.uri, "--wait")[0] == code


# -- as a program -----------------------------------------------------------------------------------------------------


def test_as_a_program_it_needs_no_village_and_leaves_nothing_behind(letter: Path, tmp_path: Path) -> None:
    temporary, place = tmp_path / "temporary", tmp_path / "desk"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), LANGUAGE_VARIABLE: "kk"}
    call = [
        sys.executable,
        "-m",
        "akimat_desk.shell.command_line",
        "print",
        "inspect",
        str(letter),
        "--home",
        str(place),
    ]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{letter}: 3 бет.\n"
    assert (list(temporary.iterdir()), place.exists()) == ([], False)


def test_the_document_is_overwritten_before_it_goes(
    run: Callable[..., tuple[int, str, str]], letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    sizes: list[int] = []
    unlink = Path.unlink

    def look(path: Path, missing_ok: bool = False) -> None:
        if path.is_relative_to(temporary):
            sizes.append(path.stat().st_size)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", look)
    (tmp_path / "out").mkdir()
    assert run("send", letter, "--printer", f"folder://{tmp_path}/out")[0] == 0
    assert sizes
    assert set(sizes) == {0}
    assert list(temporary.iterdir()) == []


def test_a_raw_port_has_the_document_and_tells_no_more(run: Callable[..., Any], letter: Path) -> None:
    with ReceiptSink() as sink:
        raw = sink.uri.replace("socket:", "raw:") + "/pdf"
        code, out, _ = run("send", letter, "--printer", raw, "--colour", "grey", "--wait")
    assert (code, out) == (0, "The printer has the document.\n")
    assert b"%PDF" in sink.kept[0]
