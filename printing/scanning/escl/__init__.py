"""Driverless scanning by eSCL, the protocol of Mopria and AirScan."""
