using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Driver.Processes;

/// <summary>Where a case runs: a folder of data and logs, the processes it started, and how long it may take.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private bool _keep;

    public Workplace(string root, bool isQuick)
    {
        Root = Path.GetFullPath(root);
        IsQuick = isQuick;

        // Beside the build, and so on a disk: a temporary folder may lie in memory.
        Folder = Path.Combine(Root, "artifacts", "bench", Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(Folder);
    }

    public string Root { get; }

    public string Folder { get; }

    public bool IsQuick { get; }

    /// <summary>How often ours and the peer take turns.</summary>
    public int Rounds => IsQuick ? 5 : 7;

    /// <summary>Seconds that count in a turn.</summary>
    public double Seconds => IsQuick ? 1.5 : 4;

    /// <summary>Seconds of a turn before anything counts.</summary>
    public double WarmUp => IsQuick ? 0.4 : 1;

    /// <summary>Seconds under load before the first turn, in which code is compiled for good.</summary>
    public double FirstWarmUp => IsQuick ? 4 : 10;

    /// <summary>What readers of the figures must know besides.</summary>
    public List<string> Notes { get; } = [];

    public string Program(string project, string assembly) => Path.Combine(Root, "artifacts", "bin", project, "release", assembly + ".dll");

    public static string Body(string name) => Path.Combine(AppContext.BaseDirectory, "Bodies", name + ".json");

    public string NewFolder(string name)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>A loopback port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends the part when the case ends, before those that were added earlier.</summary>
    public T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    public ChildProcess Start(string name, string file, IEnumerable<string> arguments, params (string Name, string Value)[] settings) =>
        Add(ChildProcess.Start(name, file, arguments, settings, Folder));

    public static void Say(string what) => Console.Error.WriteLine(what);

    public void KeepLogs() => _keep = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.AsEnumerable().Reverse())
        {
            await part.DisposeAsync();
        }

        if (!_keep)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
