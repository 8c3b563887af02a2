using System.Globalization;

namespace BlueEdge.Silo.Embedded;

/// <summary>The folder of the embedded mode's data, held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Where Garnet keeps its log and checkpoints.</summary>
    public string Store => System.IO.Path.Combine(Path, "store");

    /// <summary>Where the folder store keeps blobs.</summary>
    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    /// <summary>A file with the port of the store of the running process, for those who want to look inside.</summary>
    public string StorePort => System.IO.Path.Combine(Path, "store.port");

    /// <summary>Takes the folder. A process that was killed holds it no more, for the system closed its files.</summary>
    /// <exception cref="BlueEdgeException">Another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        var holder = System.IO.Path.Combine(full, "process.id");
        try
        {
            var held = new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(full, held);
        }
        catch (IOException error)
        {
            var process = File.Exists(holder) ? File.ReadAllText(holder) : "unknown";
            throw new BlueEdgeException(
                $"The data folder {full} is in use by process {process}. Stop that process, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.",
                error);
        }
    }

    public void Dispose() => _lock.Dispose();
}
