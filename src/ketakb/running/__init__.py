"""Running an audit over many drafts: in one process, in several, or on a cluster."""
