namespace BlueEdge.Samples.Demo;

/// <summary>Serves samples/Live: a page that has a film go through two engines frame by frame.</summary>
internal static class LiveFilm
{
    /// <summary>What comes back is kept until its session expires; nobody comes back for the frames of a film.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["BlueEdge__Sessions__Retention"] = "00:05:00" };

    /// <summary>Serves the page until the process is told to stop.</summary>
    public static async Task ServeAsync(string root, TextWriter output, CancellationToken cancellationToken)
    {
        await using var silo = await SiloProcess.StartAsync(root, "Live/release/BlueEdge.Samples.Live.dll", Settings, cancellationToken);
        await output.WriteLineAsync($"\nOpen           {new Uri(silo.Address, "live/")}");
        await output.WriteLineAsync("Serving until Ctrl-C.");
        await silo.Exited.WaitAsync(cancellationToken);
    }
}
