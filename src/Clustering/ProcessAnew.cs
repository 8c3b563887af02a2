using System.Runtime.InteropServices;
using System.Text;

namespace BlueEdge.Clustering;

/// <summary>
/// Has the process begin anew in its own place, under its id and with its arguments and environment: nothing of what it believed is
/// left, and no supervisor is needed.
/// </summary>
public static class ProcessAnew
{
    private const string OwnProgram = "/proc/self/exe";
    private const string OwnArguments = "/proc/self/cmdline";

    /// <summary>Returns only where it failed, and where the system cannot do it.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // Behind the last separator there is nothing, and there execv wants to find the end.
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes(OwnArguments)).Split('\0')[..^1];
            _ = Execute(Marshal.StringToCoTaskMemUTF8(OwnProgram), [.. arguments.Select(Marshal.StringToCoTaskMemUTF8), 0]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            // Then whoever watches over the process has it begin anew.
        }
    }

    [DllImport("libc", EntryPoint = "execv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(nint path, nint[] arguments);
}
