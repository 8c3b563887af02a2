using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Blobs.Tests;

/// <summary>A real S3 server over a folder, for the tests of this assembly; skipped where there is none.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-s3-").FullName;
    private Process? _server;

    public const string AccessKey = "test";
    public const string SecretKey = "test-secret";

    /// <summary>The server's address; the test is skipped where there is none.</summary>
    public Uri Address
    {
        get
        {
            Assert.SkipWhen(field is null, "There is no S3 server: ../shared/tools is not beside the repository's root.");
            return field;
        }

        private set;
    }

    public async ValueTask InitializeAsync()
    {
        if (FindTool() is not { } tool)
        {
            return;
        }

        // What it knows of objects goes into files of its own: not every file system keeps it with them.
        var objects = Directory.CreateDirectory(Path.Combine(_folder, "objects")).FullName;
        var facts = Directory.CreateDirectory(Path.Combine(_folder, "facts")).FullName;
        var port = FreePort();
        var start = new ProcessStartInfo(await FindProgramAsync(tool), ["--port", $"127.0.0.1:{port}", "posix", "--sidecar", facts, objects])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ROOT_ACCESS_KEY"] = AccessKey, ["ROOT_SECRET_KEY"] = SecretKey },
        };
        _server = Process.Start(start) ?? throw new InvalidOperationException("The S3 server did not start.");
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await UntilListeningAsync(port);
        Address = new($"http://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindTool()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
        {
            folder = folder.Parent;
        }

        return folder is not null && Path.Combine(folder.FullName, "..", "shared", "tools", "tool") is var tool && File.Exists(tool) ? tool : null;
    }

    private static async Task<string> FindProgramAsync(string tool)
    {
        using var path = Process.Start(new ProcessStartInfo(tool, ["path", "versitygw"]) { UseShellExecute = false, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{tool} did not start.");
        var program = await path.StandardOutput.ReadToEndAsync();
        await path.WaitForExitAsync();
        return program.Trim();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Another process has no event to wait for.</summary>
    private static async Task UntilListeningAsync(int port)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // It does not listen yet.
            }
        }

        throw new TimeoutException($"The S3 server does not listen after {Patience}.");
    }
}
