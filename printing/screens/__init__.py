"""The screens of printing, one file each."""
