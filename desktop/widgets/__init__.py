"""Small widgets that panes and dialogs are built of. They know the theme, not the library."""
