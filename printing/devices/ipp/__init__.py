"""The Internet Printing Protocol: bytes (`codec`), wire (`transport`), questions (`client`), printer (`backend`)."""
