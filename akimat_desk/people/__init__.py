"""Residents, staff, roles, IIN, the resident's session at a PC."""
