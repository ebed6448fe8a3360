"""Printers behind one interface: IPP, folder, receipts."""
