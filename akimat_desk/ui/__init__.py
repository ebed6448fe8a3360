"""Theme, languages, widgets, operations; the only importer of tkinter and customtkinter."""
