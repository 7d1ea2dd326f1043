"""What holds for the rows of a contact whoever changes them: finding, keeping up, moving, burying."""
