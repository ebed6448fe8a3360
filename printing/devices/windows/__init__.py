"""Printers of Windows itself, by ctypes alone: pages through GDI, receipts and job states through winspool."""
