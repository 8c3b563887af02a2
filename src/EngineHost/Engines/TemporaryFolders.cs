using System.Diagnostics;
using System.Globalization;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Engines;

/// <summary>Where sub-sessions have their temporary folders: one folder a process, which is deleted with it, or by the next.</summary>
internal sealed class TemporaryFolders(IOptions<EngineHostOptions> options) : IDisposable
{
    private readonly string _process = Path.Combine(
        options.Value.TemporaryPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Guid.NewGuid().ToString("N")[..8]);

    private long _count;

    /// <summary>A path of its own for an attempt; nothing is there until the engine asks for it.</summary>
    public string PathOf(SubSessionKey key, int epoch) =>
        Path.Combine(_process, string.Create(CultureInfo.InvariantCulture, $"{key.SessionId}-{epoch}-{Interlocked.Increment(ref _count)}"));

    /// <summary>Deletes what processes left that are no more.</summary>
    public void DeleteLeftovers()
    {
        if (!Directory.Exists(options.Value.TemporaryPath))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(options.Value.TemporaryPath))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && !IsAlive(id))
            {
                Delete(folder);
            }
        }
    }

    public void Dispose() => Delete(_process);

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there, still in use by what was cut off, or another user's: the next process tries again.
        }
    }
}
