using System.Globalization;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Engines;

/// <summary>Where sub-sessions have their temporary folders: one folder a process, which is deleted with it, or by the next.</summary>
/// <remarks>
/// A process holds the lock of a file beside its folder, which ends with it however it ends. Its id would not do: containers
/// that share a disk do not see each other's processes, and in each the first has the same id.
/// </remarks>
internal sealed class TemporaryFolders(IOptions<EngineHostOptions> options) : IDisposable
{
    private const int MostClaims = 100;
    private const string LockSuffix = ".lock";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private string _process = NewName(options.Value);
    private FileStream? _lock;
    private long _count;

    /// <summary>Claims this process's folder, unless it has it, and deletes what processes left that are no more.</summary>
    /// <exception cref="BlueEdgeException">The path cannot be used.</exception>
    public void Prepare()
    {
        try
        {
            CreatePrivate(options.Value.TemporaryPath);
            _lock ??= Claim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BlueEdgeException(
                $"Temporary folders cannot be made in '{options.Value.TemporaryPath}': {error.Message} Set BlueEdge:EngineHost:TemporaryPath to a folder that this user can write to.", error);
        }

        // A process that was killed leaves its lock's file, and its folder if it made one.
        var folders = Directory.EnumerateDirectories(options.Value.TemporaryPath);
        var locks = Directory.EnumerateFiles(options.Value.TemporaryPath, $"*{LockSuffix}").Select(file => file[..^LockSuffix.Length]);
        foreach (var folder in folders.Union(locks, StringComparer.Ordinal).ToList())
        {
            DeleteLeftover(folder);
        }
    }

    /// <summary>A path of its own for an attempt; nothing is there until the engine asks for it.</summary>
    public string PathOf(SubSessionKey key, int epoch) =>
        Path.Combine(_process, string.Create(CultureInfo.InvariantCulture, $"{key.SessionId}-{epoch}-{Interlocked.Increment(ref _count)}"));

    public void Dispose()
    {
        Delete(_process);
        _lock?.Dispose();
    }

    /// <summary>
    /// Another process that starts just now may take the file for a leftover, before it is locked, and delete it. How long it
    /// holds it nobody knows, so that each try has a name of its own.
    /// </summary>
    private FileStream Claim()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var claimed = Lock(_process, FileMode.CreateNew);
                if (File.Exists(claimed.Name))
                {
                    return claimed;
                }

                claimed.Dispose();
            }
            catch (IOException) when (tries < MostClaims)
            {
                // The other one has it, and deletes it.
            }

            _process = NewName(options.Value);
        }
    }

    private static string NewName(EngineHostOptions options) => Path.Combine(options.TemporaryPath, Guid.NewGuid().ToString("N"));

    /// <summary>
    /// A lock that is not there is not made: a process that just claims the name would take it for its own. A folder without
    /// one is nobody's, for a process makes its folder after its lock and deletes it before.
    /// </summary>
    private static void DeleteLeftover(string folder)
    {
        try
        {
            using (Lock(folder, FileMode.Open))
            {
                Delete(folder);
            }
        }
        catch (FileNotFoundException)
        {
            Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process lives, or another that starts just now deletes it.
        }
    }

    /// <summary>Holds the lock of a folder; the file that carries it is deleted with it.</summary>
    private static FileStream Lock(string folder, FileMode mode) =>
        new(folder + LockSuffix, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // Elsewhere the system's folder for temporary files is everybody's.
            Directory.CreateDirectory(path, Private);
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
            // Not there, or still in use by what was cut off: the next process tries again.
        }
    }
}
