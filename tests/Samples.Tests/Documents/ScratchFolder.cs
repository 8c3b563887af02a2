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

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
