"""Papers and figures of a course; courses side by side; learning beside surveying."""
