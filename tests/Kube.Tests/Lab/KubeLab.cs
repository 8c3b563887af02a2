using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>
/// A real control plane with KEDA whose pods are processes of this machine, started by the script <c>kube</c> in the folder that
/// BLUEEDGE_TEST_KUBE names, else in ../shared/kube beside the repository.
/// </summary>
public sealed class KubeLab : IAsyncDisposable
{
    private const string Variable = "BLUEEDGE_TEST_KUBE";
    private const int Ports = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly int _port = FreePorts();

    private KubeLab(string folder) => Folder = folder;

    /// <summary>Why there is none, or null where there can be one.</summary>
    public static string? Missing =>
        Script is null ? $"No Kubernetes: set {Variable} to the folder of the script kube, or have ../shared/kube beside the repository."
        : !OperatingSystem.IsLinux() ? "The control plane of the tests runs on Linux only."
        : null;

    /// <summary>The project's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What the control plane and its pods write.</summary>
    public string Folder { get; }

    /// <summary>Where its API is.</summary>
    public Uri Address => new($"https://127.0.0.1:{_port}");

    private static string? Script { get; } = FindScript();

    /// <summary>Starts one that runs these programs where pods have these images.</summary>
    public static async Task<KubeLab> StartAsync(string images)
    {
        var lab = new KubeLab(Directory.CreateTempSubdirectory("blueedge-kube-").FullName);
        var file = Path.Combine(lab.Folder, "images.json");
        await File.WriteAllTextAsync(file, images);
        await lab.RunAsync("up", ["--port", lab._port.ToString(CultureInfo.InvariantCulture), "--images", file]);
        return lab;
    }

    /// <summary>Runs kubectl; what it says.</summary>
    public Task<string> TellAsync(params string[] arguments) => RunAsync("ctl", arguments);

    /// <summary>Runs kubectl with something to read.</summary>
    public Task<string> TellAsync(IEnumerable<string> arguments, string input) => RunAsync("ctl", arguments, input);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down", []);
        if (Environment.GetEnvironmentVariable("BLUEEDGE_KEEP_KUBE") is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task<string> RunAsync(string command, IEnumerable<string> arguments, string? input = null)
    {
        // What it starts inherits the pipes, and so none may be waited for where it starts something.
        var reads = command is "ctl";
        using var process = Process.Start(new ProcessStartInfo(Script!, [command, "--dir", Folder, .. arguments]) // Looked for before.
        {
            UseShellExecute = false,
            RedirectStandardOutput = reads,
            RedirectStandardError = reads,
            RedirectStandardInput = input is not null,
        })!; // It was there.
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        var (output, errors) = reads ? (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()) : (Task.FromResult(""), Task.FromResult(""));
        await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"kube {command} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }

    /// <summary>The first of so many neighbouring ports on which nobody listens.</summary>
    private static int FreePorts()
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            if (Enumerable.Range(first, Ports).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? FindScript()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Path.Combine(Root, "..", "shared", "kube");
        var script = Path.GetFullPath(Path.Combine(folder, "kube"));
        return File.Exists(script) ? script : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has BlueEdge.sln.");
    }
}
