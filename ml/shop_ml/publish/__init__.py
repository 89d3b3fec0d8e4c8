"""From a model to the folder that the service serves."""
