"""Kazakhstan's working days and the terms of law counted in them; one calendar for the whole desk."""
