"""One module a command: options -> app -> report -> exit status. Nothing more is imported until one runs."""
