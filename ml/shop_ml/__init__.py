"""The pipeline: from the events in the lake to a model that the recommendation service serves."""
