"""Akimat Desk: the desktop suite that runs a village's safe zone."""
