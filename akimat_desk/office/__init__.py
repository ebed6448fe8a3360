"""The built-in service: staff, residents, settings, backup, the state of this PC."""
