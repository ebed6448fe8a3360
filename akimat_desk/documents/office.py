"""Word, spreadsheet and presentation files by LibreOffice, where it is installed: no window, macros or network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from akimat_desk.documents.errors import NoConverter, NotConverted
from akimat_desk.documents.typeset import FONTS
from akimat_desk.people.erasing import erase_folder

_WITH_KAZAKH_LETTERS: Final = {
    "Times New Roman": ("PT Astra Serif", "PT Serif", "Noto Serif", "DejaVu Serif", "Noto Sans"),
    "Liberation Serif": ("PT Astra Serif", "PT Serif", "Noto Serif", "DejaVu Serif", "Noto Sans"),
    "Arial": ("PT Astra Sans", "PT Sans", "Noto Sans"),
    "Liberation Sans": ("PT Astra Sans", "PT Sans", "Noto Sans"),
    "Calibri": ("Carlito", "Noto Sans"),
}
"""Linux only: the usual faces of documents there lack Kazakh letters (Liberation of Debian 12), and single letters then
fall back to another face in the middle of a word. Windows has the real faces."""

# Names and values of LibreOffice's own configuration schema (officecfg).
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""  # noqa: E501 - one setting a line, as LibreOffice writes them


def office_to_pdf(data: bytes, form: str, folder: Path, converter: str) -> bytes:
    """Convert within `folder`, which is the worker's own. How long it may take is the worker's limit.

    Raises `NoConverter` without LibreOffice and `NotConverted` when it gives no PDF. The profile is kept for the next
    document of this worker and goes with the folder.
    """
    if not converter:
        raise NoConverter
    profile = folder / "office"
    _prepare(profile)
    source, target = folder / f"document.{form}", folder / "document.pdf"
    target.unlink(missing_ok=True)
    source.write_bytes(data)
    command = [converter, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nodefault", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    try:
        with _memory_of_office():
            subprocess.run(  # noqa: S603 - a fixed command; the untrusted part is the file
                command,
                cwd=folder,
                env={**os.environ, **_surroundings(folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        return target.read_bytes()
    except FileNotFoundError as why:
        raise NotConverted from why
    finally:
        erase_folder(source)
        erase_folder(target)


def _prepare(profile: Path) -> None:
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")


def _surroundings(folder: Path) -> dict[str, str]:
    """Environment of LibreOffice: its home in our folder, no way out, and on Linux faces with Kazakh letters."""
    values = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    if sys.platform != "win32":
        fonts = folder / "fonts.conf"
        fonts.write_text(_font_rules(), encoding="utf-8")
        values |= {"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp", "FONTCONFIG_FILE": str(fonts)}
    return values


def _font_rules() -> str:
    pairs = "".join(
        f"<match target='pattern'><test name='family' qual='any'><string>{face}</string></test>"
        f"<edit name='family' mode='assign' binding='strong'>{''.join(f'<string>{name}</string>' for name in better)}"
        "</edit></match>"
        for face, better in _WITH_KAZAKH_LETTERS.items()
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        f"<dir>{FONTS}</dir><cachedir prefix='cwd'>fontcache</cachedir>{pairs}</fontconfig>"
    )


@contextmanager
def _memory_of_office() -> Iterator[None]:
    """Leave the next process its address space, of which LibreOffice reserves much; what it may fill stays bounded."""
    if sys.platform == "win32":
        yield
    else:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
