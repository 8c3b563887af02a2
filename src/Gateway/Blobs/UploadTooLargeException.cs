namespace BlueEdge.Gateway.Blobs;

/// <summary>More came than is allowed.</summary>
internal sealed class UploadTooLargeException() : BlueEdgeException("The content is too large.");
