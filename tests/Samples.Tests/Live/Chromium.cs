namespace BlueEdge.Samples.Tests.Live;

/// <summary>The browser of this machine.</summary>
internal static class Chromium
{
    /// <summary>Its program; <see langword="null"/> where there is none.</summary>
    public static string? Program { get; } = (
        from name in (string[])["chromium", "chromium-browser", "google-chrome"]
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path).FirstOrDefault();
}
