"""The same model in other libraries: the natural way, solved side by side with ringtausch."""
