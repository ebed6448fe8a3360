"""Windows, first-run wizard, command line, keeper; finds services by entry point."""
