"""The language server: findings in the editor where the draft is written. Only `server` and its parts load pygls."""
