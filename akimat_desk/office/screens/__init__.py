"""The screens of office, one file each."""
