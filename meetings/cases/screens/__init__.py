"""The screens of protocols and assignments."""
