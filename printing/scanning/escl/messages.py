"""What is said in eSCL (Mopria Alliance, eSCL Technical Specification 2.97): abilities, states, orders.

Lengths on the wire are three hundredths of an inch, whatever the sharpness of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from printing.scanning.device import MM_PER_INCH, Abilities, Area, Order, SourceAbilities
from printing.scanning.errors import FeederEmpty, FeederJam, ScannerBusy, ScannerFault, ScannerOpen, ScanUnavailable
from printing.scanning.escl.elements import Element

UNITS_PER_INCH: Final = 300
COLOURS: Final = {True: "RGB24", False: "Grayscale8"}
_FORMATS: Final = ("image/jpeg", "application/pdf")
_DPIS: Final = (75, 100, 150, 200, 300, 400, 600)
"""Of a range, what is worth choosing."""
_LARGEST: Final = 60_000
"""Units; five metres are no glass."""

_ADF: Final[Mapping[str, type[ScanUnavailable]]] = {
    "ScannerAdfEmpty": FeederEmpty,
    "ScannerAdfJam": FeederJam,
    "ScannerAdfMispick": FeederJam,
    "ScannerAdfMultipickDetected": FeederJam,
    "ScannerAdfHatchOpen": ScannerOpen,
    "ScannerAdfInputTrayOverloaded": FeederJam,
    "ScannerAdfDuplexPageTooShort": FeederJam,
    "ScannerAdfDuplexPageTooLong": FeederJam,
}
_FAULTS: Final = {"ScannerAdfInputTrayFailed"}
_OPEN_WORDS: Final = ("CoverOpen", "HatchOpen", "DoorOpen", "LidOpen")
_JAM_WORDS: Final = ("Jam", "Mispick", "Multipick")


@dataclass(frozen=True, slots=True)
class JobInfo:
    """A job as the scanner tells of it. `completed` counts pictures it has made; None where it does not say."""

    path: str
    state: str
    reasons: tuple[str, ...] = ()
    completed: int | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How the scanner stands. `state` is Idle, Processing, Testing, Stopped or Down."""

    state: str
    adf: str = ""
    jobs: tuple[JobInfo, ...] = field(default=())

    def trouble(self, order: Order, job: str = "") -> ScanUnavailable | None:
        """What stands in the way of `order`, or of its `job` by path; None where nothing does."""
        mine = next((each for each in self.jobs if job and each.path.rstrip("/") == job.rstrip("/")), None)
        words = " ".join(mine.reasons) if mine else ""
        if any(word in words for word in _JAM_WORDS):
            return FeederJam()
        if any(word in words for word in _OPEN_WORDS):
            return ScannerOpen()
        if order.source == "feeder":
            if self.adf in _ADF:
                return _ADF[self.adf]()
            if self.adf in _FAULTS:
                return ScannerFault(detail=self.adf)
        if self.state in ("Stopped", "Down"):
            return ScannerFault(detail=self.state)
        if mine is not None and mine.state in ("Aborted", "Canceled"):
            return ScannerFault(detail=next(iter(mine.reasons), mine.state))
        if self.state in ("Processing", "Testing") and mine is None:
            return ScannerBusy()
        return None

    def sheets_left(self, job: str) -> bool:
        """Whether the feeder holds sheets that `job` has not drawn, while the scanner no longer knows `job`."""
        known = any(each.path.rstrip("/") == job.rstrip("/") for each in self.jobs)
        return self.adf == "ScannerAdfLoaded" and not known


def status_of(root: Element) -> Status:
    """Read `ScannerStatus`."""
    jobs = tuple(
        JobInfo(
            path=_path(info.word("JobUri")),
            state=info.word("JobState"),
            reasons=tuple(each.text.strip() for each in info.all("JobStateReasons", "JobStateReason")),
            completed=info.number("ImagesCompleted"),
        )
        for info in root.all("Jobs", "JobInfo")
    )
    return Status(root.word("State"), root.word("AdfState"), jobs)


def _path(uri: str) -> str:
    """Of a job's address only the path is believed: scanners behind several addresses name the wrong one."""
    _, found, rest = uri.partition("://")
    return "/" + rest.partition("/")[2] if found else uri


def abilities_of(root: Element, fingerprint: str = "") -> Abilities | None:
    """Read `ScannerCapabilities`; None where it has neither glass nor feeder."""
    glass = _source(root.first("Platen", "PlatenInputCaps"))
    feeder = _source(root.first("Adf", "AdfSimplexInputCaps"))
    duplex = _source(root.first("Adf", "AdfDuplexInputCaps"))
    if glass is None and feeder is None and duplex is None:
        return None
    return Abilities(
        model=_shown(root.word("MakeAndModel")),
        glass=glass,
        feeder=feeder or duplex,
        both_sides=duplex is not None,
        fingerprint=fingerprint,
    )


def _shown(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())[:80]


def _source(caps: Element | None) -> SourceAbilities | None:
    if caps is None:
        return None
    width, height = caps.number("MaxWidth"), caps.number("MaxHeight")
    if not width or not height or max(width, height) > _LARGEST:
        return None
    colours, formats, dpis = set(), [], set()
    for profile in caps.all("SettingProfiles", "SettingProfile"):
        colours |= {each.text.strip() for each in profile.all("ColorModes", "ColorMode")}
        formats += [each.text.strip() for each in profile.all("DocumentFormats", "DocumentFormat")]
        formats += [each.text.strip() for each in profile.all("DocumentFormats", "DocumentFormatExt")]
        for each in profile.all("SupportedResolutions", "DiscreteResolutions", "DiscreteResolution"):
            across, down = each.number("XResolution"), each.number("YResolution")
            if across and across == down:
                dpis.add(across)
        for each in profile.all("SupportedResolutions", "ResolutionRange", "XResolutionRange"):
            least, most = each.number("Min") or 0, each.number("Max") or 0
            dpis |= {dpi for dpi in _DPIS if least <= dpi <= most}
    known = tuple(each for each in _FORMATS if each in formats)
    return SourceAbilities(
        width=_mm(width),
        height=_mm(height),
        dpis=tuple(sorted(dpi for dpi in dpis if 50 <= dpi <= 2400)) or (300,),
        colour=COLOURS[True] in colours or not colours,
        grey=COLOURS[False] in colours,
        formats=known or _FORMATS[:1],
    )


def _mm(units: int) -> float:
    return units * MM_PER_INCH / UNITS_PER_INCH


def units(mm: float) -> int:
    """Millimetres in the units of the wire."""
    return round(mm * UNITS_PER_INCH / MM_PER_INCH)


def settings(order: Order) -> bytes:
    """The order as `ScanSettings`. Sharpness, colour and area are as they stand: fit them to the scanner before.

    Every picture comes as a JPEG, which all scanners of the protocol make; what becomes of it is the desk's matter.
    """
    area: Area = order.area
    form = "image/jpeg"
    source = "Platen" if order.source == "glass" else "Feeder"
    duplex = f"<scan:Duplex>{str(order.both_sides).lower()}</scan:Duplex>" if order.source == "feeder" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
        ' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">'
        "<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>"
        "<pwg:ScanRegions><pwg:ScanRegion>"
        f"<pwg:Height>{units(area.height)}</pwg:Height>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:Width>{units(area.width)}</pwg:Width>"
        f"<pwg:XOffset>{units(area.left)}</pwg:XOffset><pwg:YOffset>{units(area.top)}</pwg:YOffset>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{source}</pwg:InputSource>"
        f"<scan:ColorMode>{COLOURS[order.colour]}</scan:ColorMode>"
        f"<pwg:DocumentFormat>{form}</pwg:DocumentFormat><scan:DocumentFormatExt>{form}</scan:DocumentFormatExt>"
        f"<scan:XResolution>{order.dpi}</scan:XResolution><scan:YResolution>{order.dpi}</scan:YResolution>"
        f"{duplex}</scan:ScanSettings>"
    ).encode()
