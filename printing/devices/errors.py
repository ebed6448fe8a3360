"""What can go wrong with a printer, in the resident's words, the administrator's, and as a drawing.

Two of these carry more than words, because whoever prints must act on the difference:

* `NotReached`: not one byte was taken; sending again cannot print twice.
* `ReplyLost`: the printer may have taken it; ask `find` before sending again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from akimat_desk.base.errors import AkimatDeskError, Misuse, Refused, Unavailable
from akimat_desk.base.words import N_

Drawing = Literal["paper", "jam", "power", "toner", "cover", "tray", "staff", "wait"]
"""What the screen draws beside the sentence."""

_CALL_STAFF = N_("Call a member of staff.")


class DeviceError(AkimatDeskError):
    """Anything a printer or a receipt printer may answer, or fail to. `drawing` names the picture to show.

    `said_by_printer` is set where the printer itself answered so, by its protocol. `job_made` is the number of the job
    it made all the same: it said yes, but not to everything that was asked for.
    """

    code = "device"
    drawing: ClassVar[Drawing] = "staff"
    said_by_printer = False
    job_made: int | None = None


class DeviceUnavailable(DeviceError, Unavailable):
    """The device cannot work now; it may a little later."""

    code = "device-unavailable"


class DeviceRefused(DeviceError, Refused):
    """The device, or we for it, will not do this; asking again in the same way changes nothing."""

    code = "device-refused"


# -- not there ----------------------------------------------------------------------------------------------------


class PrinterOffline(DeviceUnavailable):
    """Off, unplugged, out of the network, or silent for too long."""

    code = "printer-offline"
    drawing = "power"
    resident_text = N_(
        "The printer is not answering. Your document is kept in the queue and will print when it is back."
    )
    staff_text = N_("The printer at {address} is not answering.")
    next_text = N_("Check that the printer is on and its cable or Wi-Fi is connected.")


class NotReached(PrinterOffline):
    """Nothing was sent: no connection came about."""

    code = "printer-not-reached"


class ReplyLost(PrinterOffline):
    """Something was sent and no whole answer came back: the printer may or may not have taken it."""

    code = "printer-reply-lost"
    staff_text = N_("The printer at {address} broke off before it answered.")


class Stopped(DeviceUnavailable):
    """We were told to stop in the middle; `sent` says whether the printer may have taken anything."""

    code = "printer-call-stopped"
    staff_text = N_("The call to the printer was stopped by the program or by a person.")
    next_text = ""

    def __init__(self, *, sent: bool, **values: object) -> None:
        self.sent = sent
        super().__init__(**values)


class PrinterBusy(DeviceUnavailable):
    """It prints for somebody else (IPP server-error-busy); the job waits its turn."""

    code = "printer-busy"
    drawing = "wait"
    resident_text = N_("The printer is busy. Your document is kept in the queue and will print in its turn.")
    staff_text = N_("The printer says it is busy: {detail}.")
    next_text = N_("Wait a little.")


# -- there, and in want of something ------------------------------------------------------------------------------


class WrongPaper(DeviceUnavailable):
    """Other paper lies in the tray than the job wants."""

    code = "printer-wrong-paper"
    drawing = "paper"
    resident_text = N_("Other paper lies in the printer than this document needs. Call a member of staff.")
    staff_text = N_("Other paper lies in the printer than the document needs.")
    next_text = N_("Put the right paper in the tray, or say at the printer what lies in it.")


class PaperOut(DeviceUnavailable):
    """No paper."""

    code = "printer-paper-out"
    drawing = "paper"
    resident_text = N_("The printer is out of paper. Printing goes on by itself once paper is added.")
    staff_text = N_("The printer is out of paper.")
    next_text = N_("Put paper in the tray.")


class Jam(DeviceUnavailable):
    """Paper is stuck."""

    code = "printer-jam"
    drawing = "jam"
    resident_text = N_("Paper is stuck in the printer. Do not pull it out yourself; call a member of staff.")
    staff_text = N_("Paper is stuck in the printer.")
    next_text = N_("Open the printer and take the paper out; printing then goes on.")


class TonerOut(DeviceUnavailable):
    """No toner or ink."""

    code = "printer-toner-out"
    drawing = "toner"
    resident_text = N_("The printer is out of toner. Your document is kept in the queue.")
    staff_text = N_("The printer is out of toner or ink.")
    next_text = N_("Change the cartridge.")


class CoverOpen(DeviceUnavailable):
    """A cover or door is open."""

    code = "printer-cover-open"
    drawing = "cover"
    resident_text = N_("A cover of the printer is open. Call a member of staff.")
    staff_text = N_("A cover of the printer is open.")
    next_text = N_("Close every cover of the printer.")


class TrayMissing(DeviceUnavailable):
    """A paper tray is not in its place."""

    code = "printer-tray-missing"
    drawing = "tray"
    resident_text = N_("The paper tray is not in its place. Call a member of staff.")
    staff_text = N_("The paper tray is not in its place.")
    next_text = N_("Push the paper tray in until it clicks.")


class OutputFull(DeviceUnavailable):
    """The sheets that came out fill the tray."""

    code = "printer-output-full"
    drawing = "tray"
    resident_text = N_("The output tray is full. Take your sheets, and printing goes on.")
    staff_text = N_("The output tray of the printer is full.")
    next_text = N_("Take the sheets out of the output tray.")


class PrinterPaused(DeviceUnavailable):
    """Stopped by its own panel, or not accepting jobs."""

    code = "printer-paused"
    drawing = "staff"
    resident_text = N_("The printer is paused. Your document is kept in the queue.")
    staff_text = N_("The printer is paused or does not accept documents.")
    next_text = N_("Resume printing at the printer's own panel.")


class PrinterFault(DeviceUnavailable):
    """The printer reports a fault we have no picture for; `{detail}` is its own keyword."""

    code = "printer-fault"
    drawing = "staff"
    resident_text = N_("The printer needs attention. Your document is kept in the queue; call a member of staff.")
    staff_text = N_("The printer reports: {detail}.")
    next_text = N_("Look at the printer's own panel.")


class GaveUp(DeviceUnavailable):
    """The printer had the job and gave it up (RFC 8011: aborted), and gives no better reason."""

    code = "aborted"
    resident_text = N_("The printer gave the document up.")
    staff_text = N_("The printer gave the document up and does not say why.")
    next_text = N_("Look at the printer's own panel, and into the tray: some sheets may have come out.")


# -- there, and unwilling -----------------------------------------------------------------------------------------


class OptionsRefused(DeviceRefused):
    """The printer cannot do these options as they were paid for. `options` are IPP attribute names."""

    code = "printer-options-refused"
    drawing = "staff"
    resident_text = N_("This printer cannot print the document as you chose. Choose other options.")
    staff_text = N_("The printer refused these options: {options}.")
    next_text = N_("Change the options or choose another printer.")

    def __init__(self, options: Sequence[str], **values: object) -> None:
        self.options: tuple[str, ...] = tuple(options)
        super().__init__(options=", ".join(self.options), **values)


class FormatRefused(DeviceRefused):
    """The printer takes none of the formats we can make."""

    code = "printer-format-refused"
    resident_text = N_("This printer cannot take the document. Call a member of staff.")
    staff_text = N_("The printer takes none of the formats we make. It takes: {formats}.")
    next_text = N_("Choose another printer, or set its format in the printer's settings.")


class PrinterRefused(DeviceRefused):
    """Any other refusal by IPP; `{detail}` is the name of the status."""

    code = "printer-refused"
    resident_text = N_("The printer did not take the document. Your document is kept; call a member of staff.")
    staff_text = N_("The printer refused with: {detail}.")
    next_text = _CALL_STAFF


class JobGone(DeviceRefused):
    """The printer does not know the job (any more)."""

    code = "printer-job-gone"
    staff_text = N_("The printer no longer knows this job.")


class TooLate(DeviceRefused):
    """The job is over; there is nothing left to stop."""

    code = "printer-too-late"
    staff_text = N_("The job had already ended at the printer.")


class AccessRefused(DeviceRefused):
    """The printer wants a name and a password, or does not let us in."""

    code = "printer-access"
    staff_text = N_("The printer at {address} wants a password or does not let this PC in.")
    next_text = N_("Allow printing without a password in the printer's own settings.")


class EncryptionWanted(DeviceRefused):
    """The printer speaks only over an encrypted connection (HTTP 426)."""

    code = "printer-encryption"
    staff_text = N_("The printer at {address} only takes encrypted connections.")
    next_text = N_("Give its address with ipps:// in front.")


class OtherPrinter(DeviceRefused):
    """Another certificate than the one remembered: another device may stand at this address."""

    code = "printer-certificate"
    staff_text = N_("At {address} another device answers than before: its certificate has changed.")
    next_text = N_("If the printer was replaced or reset, trust it anew on its page.")


class NotAPrinter(DeviceRefused):
    """Something answers there, but not a printer: a web page, a sign-in page of a network, another service."""

    code = "not-a-printer"
    staff_text = N_("What answers at {address} is not a printer ({detail}).")
    next_text = N_("Check the address, and whether the network asks to sign in.")


class AddressRefused(DeviceRefused):
    """The typed address cannot be one."""

    code = "printer-address"
    staff_text = N_("“{typed}” is not an address of a printer.")
    next_text = N_("Type an address such as 192.168.1.50 or ipp://printer.local/ipp/print.")


class Unreadable(DeviceUnavailable):
    """The answer is not the protocol it should be."""

    code = "printer-unreadable"
    staff_text = N_("The printer's answer could not be read: {detail}.")
    next_text = N_("Turn the printer off and on again.")


class DeviceMisuse(DeviceError, Misuse):
    """We called the printer wrongly; a bug."""

    code = "device-misuse"
    staff_text = N_("Wrong call to a printer: {detail}.")
