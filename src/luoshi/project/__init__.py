"""Settings, addresses, and the WSGI entry: where Django is put together. Reads the environment, knows every upper room."""
