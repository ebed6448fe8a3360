"""Budget voting: how a village decides together what its money is spent on."""
