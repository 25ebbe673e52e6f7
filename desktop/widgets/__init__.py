"""What panes and dialogs are built of: small pieces, fields, lists, and panels that show one noun."""
