"""The screens of the shell, one file each."""
