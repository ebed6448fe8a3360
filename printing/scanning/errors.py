"""What can go wrong between a paper on the glass and its copy, in the resident's words and the administrator's."""

from __future__ import annotations

from akimat_desk.base.errors import AkimatDeskError, Refused, Unavailable
from akimat_desk.base.words import N_

_AGAIN = N_("Put the paper on the glass and try again.")


class ScanError(AkimatDeskError):
    """Anything a scanner may answer, or fail to."""

    code = "scan"


class ScanUnavailable(ScanError, Unavailable):
    """The scanner cannot work now; it may a little later. Pages taken before are still there."""

    code = "scan-unavailable"


class ScanRefused(ScanError, Refused):
    """Asking again in the same way changes nothing."""

    code = "scan-refused"


# -- not there ----------------------------------------------------------------------------------------------------


class NoScanner(ScanRefused):
    """This PC has no scanner yet."""

    code = "no-scanner"
    resident_text = N_("This computer has no scanner yet. Call a member of staff.")
    staff_text = N_("No scanner is set up on this PC.")
    next_text = N_("Add a scanner on the page “Scanners”.")


class ScannerKnown(ScanRefused):
    """The address is in the list already."""

    code = "scanner-known"
    staff_text = N_("A scanner with this address is in the list already.")
    next_text = N_("Choose another address, or use the scanner in the list.")


class ScannerAddress(ScanRefused):
    """The typed address cannot be one."""

    code = "scanner-address"
    staff_text = N_("“{typed}” is not an address of a scanner.")
    next_text = N_("Type an address such as 192.168.1.50 or http://scanner.local/eSCL.")


class NotAScanner(ScanRefused):
    """Something answers there, but it does not speak eSCL."""

    code = "not-a-scanner"
    staff_text = N_("What answers at {address} is not a scanner ({detail}).")
    next_text = N_("Check the address, and whether scanning is allowed in the device's own settings.")


class NoSane(ScanRefused):
    """SANE is not installed: scanners on a cable need it on Linux."""

    code = "no-sane"
    staff_text = N_("Scanners on a cable need the program scanimage, which is not installed on this PC.")
    next_text = N_("Install the package sane-utils, or use a scanner of the network.")


class ScannerAccess(ScanRefused):
    """It wants a name and a password, or does not let us in."""

    code = "scanner-access"
    staff_text = N_("The scanner at {address} wants a password or does not let this PC in.")
    next_text = N_("Allow scanning without a password in the scanner's own settings.")


class ScannerOffline(ScanUnavailable):
    """Off, unplugged, out of the network, or silent for too long."""

    code = "scanner-offline"
    resident_text = N_("The scanner is not answering. The pages you have are still here.")
    staff_text = N_("The scanner at {address} is not answering.")
    next_text = N_("Check that the scanner is on and its cable or Wi-Fi is connected.")


class ScanStopped(ScanUnavailable):
    """We were told to stop in the middle: by a person, or because the session ended."""

    code = "scan-stopped"
    staff_text = N_("Scanning was stopped.")


# -- there, and in want of something ------------------------------------------------------------------------------


class ScannerBusy(ScanUnavailable):
    """It works for somebody else (503 on a new job, or its state says so)."""

    code = "scanner-busy"
    resident_text = N_("The scanner is busy with another paper. The pages you have are still here.")
    staff_text = N_("The scanner is busy.")
    next_text = N_("Wait a little, then try again.")


class FeederEmpty(ScanUnavailable):
    """No paper lies in the feeder."""

    code = "feeder-empty"
    resident_text = N_("There is no paper in the feeder.")
    staff_text = N_("There is no paper in the scanner's feeder.")
    next_text = N_("Put the sheets into the feeder, then try again.")


class FeederJam(ScanUnavailable):
    """Paper is stuck in the feeder. Pages that came before the jam are kept."""

    code = "feeder-jam"
    resident_text = N_("Paper is stuck in the feeder. The pages before it are still here.")
    staff_text = N_("Paper is stuck in the scanner's feeder.")
    next_text = N_("Open the feeder and take the paper out, then go on with that page.")


class ScannerOpen(ScanUnavailable):
    """The feeder's cover is open."""

    code = "scanner-open"
    resident_text = N_("A cover of the scanner is open.")
    staff_text = N_("A cover of the scanner is open.")
    next_text = N_("Close the cover, then try again.")


class ScannerFault(ScanUnavailable):
    """The scanner stands still or gave the job up; `{detail}` is its own keyword."""

    code = "scanner-fault"
    resident_text = N_("The scanner needs attention. Call a member of staff.")
    staff_text = N_("The scanner reports: {detail}.")
    next_text = N_("Look at the scanner's own panel.")


class ScanLost(ScanUnavailable):
    """The line broke, or the scanner started anew, in the middle of a picture: that page is not whole and not kept."""

    code = "scan-lost"
    resident_text = N_("The picture did not arrive whole. The pages you had before are still here.")
    staff_text = N_("The connection to the scanner broke in the middle of a picture.")
    next_text = _AGAIN


class ScanUnreadable(ScanUnavailable):
    """What came is no picture, or no answer of the protocol; `{detail}` says at which place."""

    code = "scan-unreadable"
    resident_text = N_("The scanner sent something that is no picture. Call a member of staff.")
    staff_text = N_("The scanner's answer could not be read: {detail}.")
    next_text = N_("Turn the scanner off and on again.")


class ScanTooLarge(ScanUnavailable):
    """More bytes than any sheet has at the sharpness asked for."""

    code = "scan-too-large"
    resident_text = N_("The scanner sends too much for one page. Call a member of staff.")
    staff_text = N_("The scanner sent more than {most} MB for one page and was stopped.")
    next_text = N_("Turn the scanner off and on again.")


class ScanImpossible(ScanRefused):
    """The scanner cannot do what was asked (409 on a new job, or an option it does not have)."""

    code = "scan-impossible"
    resident_text = N_("The scanner cannot do it this way. Choose otherwise, or call a member of staff.")
    staff_text = N_("The scanner refused the order: {detail}.")
    next_text = N_("Choose otherwise.")


# -- where the scan goes ------------------------------------------------------------------------------------------


class TooManyScans(ScanRefused):
    """More pages than are kept at once."""

    code = "too-many-scans"
    resident_text = N_("Up to {most} pages at a time. Copy or save these first.")
    staff_text = N_("Up to {most} pages are scanned at a time.")
    next_text = N_("Copy or save these pages, then go on with the others.")


class StickGone(ScanUnavailable):
    """The stick was pulled out before everything was on it."""

    code = "scan-stick-gone"
    resident_text = N_("The USB stick was taken out before the file was on it. Your pages are still here.")
    staff_text = N_("The USB stick was taken out while a scan was being written to it.")
    next_text = N_("Put the USB stick in again, then save once more.")


class StickFull(ScanUnavailable):
    """No room left on the stick."""

    code = "scan-stick-full"
    resident_text = N_("There is no room left on the USB stick. Your pages are still here.")
    staff_text = N_("There is no room left on the USB stick.")
    next_text = N_("Take another USB stick, then save once more.")


class StickLocked(ScanRefused):
    """The stick lets nobody write."""

    code = "scan-stick-locked"
    resident_text = N_("Nothing can be written to this USB stick. Your pages are still here.")
    staff_text = N_("The USB stick is write-protected or cannot be written to.")
    next_text = N_("Slide the small lock on the stick, or take another one.")
