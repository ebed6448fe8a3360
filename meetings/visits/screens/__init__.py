"""Screens on which times are booked, looked up, moved and given back."""
