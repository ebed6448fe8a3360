"""PDF and receipt making, fonts, letterhead, QR."""
