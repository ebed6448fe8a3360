"""Visits: who comes to a reception, at which time, and with which ticket."""
