using System.Globalization;

namespace BlueEdge.Embedded.Data;

/// <summary>The folder of the embedded mode's data, held by one process at a time, and open to its owner only.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>What Linux, macOS and Windows say of a file that another process holds.</summary>
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(60);

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held, IReadOnlyList<string> notices) => (Path, _lock, Notices) = (path, held, notices);

    /// <summary>What its user should know of it.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The store's file.</summary>
    public string Store => System.IO.Path.Combine(Path, "store.db");

    /// <summary>Where the folder store keeps blobs.</summary>
    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    /// <summary>Where the keys lie with which callers' secrets are encrypted in the store.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    private static bool IsWatched => Environment.GetEnvironmentVariable("DOTNET_WATCH") is "1";

    /// <summary>Takes the folder. A process that was killed holds it no more, for the system closed its files.</summary>
    /// <exception cref="BlueEdgeException">Another process has it, another user owns it, or it cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var holder = System.IO.Path.Combine(full, "process.id");
        try
        {
            var whole = PrivateFolder.Make(full, IsUsed);
            RefuseFormerStore(full);
            var blobs = PrivateFolder.Make(System.IO.Path.Combine(full, "blobs"), _ => true);
            var held = Hold(System.IO.Path.Combine(full, "lock")) ?? throw new BlueEdgeException(
                $"The data folder {full} is in use by process {ReadHolder(holder)}. "
                + "Stop that process, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.");
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(full, held, [.. ((string?[])[whole, blobs]).OfType<string>()]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BlueEdgeException(
                $"The data folder {full} cannot be used: {error.Message} "
                + "Have this user write there, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.",
                error);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>A volume may have other things at its top, such as <c>lost+found</c>.</summary>
    private static bool IsUsed(string name) => name is "lock" or "process.id" or "blobs" or "keys" || name.StartsWith("store.db", StringComparison.Ordinal);

    private static void RefuseFormerStore(string full)
    {
        if (Directory.Exists(System.IO.Path.Combine(full, "store")) || File.Exists(System.IO.Path.Combine(full, "store.port")))
        {
            throw new BlueEdgeException(
                $"The data folder {full} holds sessions of a former version of BlueEdge, whose store was Garnet; this version cannot read them. "
                + "Let that version finish them, then move the folder away, or set BlueEdge:DataPath (BlueEdge__DataPath) to another one.");
        }
    }

    private static FileStream? Hold(string path)
    {
        // dotnet watch starts a process anew while the one before it still drains.
        FileStream? held = null;
        SpinWait.SpinUntil(() => (held = TryHold(path)) is not null, IsWatched ? LongestDrain : TimeSpan.Zero);
        return held;
    }

    private static FileStream? TryHold(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (HeldCodes.Contains(error.HResult))
        {
            return null;
        }
    }

    private static string ReadHolder(string path) => File.Exists(path) ? File.ReadAllText(path) : "unknown";
}
