"""What the examination notebooks ask of the tables and of the model; nothing else imports it."""
