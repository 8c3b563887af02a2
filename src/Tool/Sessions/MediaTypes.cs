namespace BlueEdge.Tool.Sessions;

/// <summary>What files are by their names; the server guesses the others from their first bytes.</summary>
internal static class MediaTypes
{
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".avi"] = "video/x-msvideo",
        [".bmp"] = "image/bmp",
        [".csv"] = "text/csv",
        [".gif"] = "image/gif",
        [".html"] = "text/html",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".json"] = "application/json",
        [".mkv"] = "video/x-matroska",
        [".mov"] = "video/quicktime",
        [".mp4"] = "video/mp4",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".txt"] = "text/plain",
        [".webm"] = "video/webm",
        [".webp"] = "image/webp",
        [".xml"] = "application/xml",
        [".zip"] = "application/zip",
    };

    /// <summary>The media type, or <see langword="null"/> where the name does not say.</summary>
    public static string? Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>The extension that files of a media type have.</summary>
    public static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        "image/tiff" => ".tif",
        _ => ByExtension.FirstOrDefault(each => each.Value.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).Key ?? ".bin",
    };

    /// <summary>The type of a channel that takes it.</summary>
    public static string ChannelType(string? mediaType) => mediaType switch
    {
        null => "File",
        "application/json" => "JSON",
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) => "Image",
        _ when mediaType.StartsWith("video/", StringComparison.Ordinal) => "Video",
        _ => "File",
    };
}
