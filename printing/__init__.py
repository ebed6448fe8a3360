"""Residents' jobs, printers, receipts, prices."""
