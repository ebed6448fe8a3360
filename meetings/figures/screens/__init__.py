"""The staff's page of figures."""
