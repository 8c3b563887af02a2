namespace BlueEdge.Samples.Tests.Documents;

/// <summary>A folder of one test's own.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("blueedge-documents-").FullName;

    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A program of one test's own, written in shell.</summary>
    public string Script(string name, string body)
    {
        var path = File(name, System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n"));
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Waits until a file of that name is there, for half a minute at most.</summary>
    public async Task AppearsAsync(string name, CancellationToken cancellationToken)
    {
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path, name);
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.Renamed += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!System.IO.File.Exists(System.IO.Path.Combine(Path, name)))
        {
            await appeared.Task.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
