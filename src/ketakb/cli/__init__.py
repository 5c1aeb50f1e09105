"""One module a command: options -> app -> report -> exit status. Only typer is imported until one runs."""
