"""The map of the conversation: everything the bot will ever ask or say by itself, for partners to read."""
