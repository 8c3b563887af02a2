namespace BlueEdge.Samples.Tools;

/// <summary>Where programs are.</summary>
internal static class ToolPath
{
    /// <summary>The program's full path.</summary>
    /// <exception cref="ToolException">It is not there; the message names the package that brings it.</exception>
    public static string Find(string program, string package)
    {
        var folders = program.Contains('/', StringComparison.Ordinal)
            ? [Directory.GetCurrentDirectory()]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.GetFullPath(program, Path.GetFullPath(folder))).FirstOrDefault(IsProgram)
            ?? throw new ToolException(
                $"The program {program} cannot be started on this machine. Install it with: apt-get install {package}");
    }

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
