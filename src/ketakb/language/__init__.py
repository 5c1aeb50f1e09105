"""Facts about English text: tokens, sentences, phrases, scopes, quantities. Word lists are YAML in `en/`."""
