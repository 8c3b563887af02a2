namespace BlueEdge.Silo.Tests.Processes;

/// <summary>A wall clock that a process is given by libfaketime, and that can be set while it runs; what measures time goes on as it is.</summary>
internal sealed class SetClock : IDisposable
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private readonly string _file = Path.GetTempFileName();

    public SetClock() => Set("+0");

    /// <summary>Whether this machine can.</summary>
    public static bool IsThere => File.Exists(Library);

    /// <summary>What the process is started with.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <summary>Sets it, from now on.</summary>
    /// <param name="offset">To the machine's, such as <c>-3h</c>.</param>
    public void Set(string offset)
    {
        // In one step: the process reads it whenever it asks for the time.
        File.WriteAllText(_file + ".new", offset + "\n");
        File.Move(_file + ".new", _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}
