using System.Runtime.InteropServices;
using System.Text;

namespace BlueEdge.Clustering;

/// <summary>
/// What a silo does that may be none any more, above all one that hung, was declared dead and goes on: the process begins anew
/// in its own place, under its id and with its arguments and environment. Nothing of what it believed is left, and no
/// supervisor is needed.
/// </summary>
internal sealed class EvictedSilo : IFatalErrorHandler
{
    private const string OwnProgram = "/proc/self/exe";
    private const string OwnArguments = "/proc/self/cmdline";

    /// <summary>Orleans tells the whole membership.</summary>
    private const int LongestSaid = 160;
    private readonly Lock _lock = new();

    public bool IsUnexpected(Exception exception) => exception is not (ThreadAbortException or OperationCanceledException);

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // At once, for until then it does what it should not; who comes second waits for that.
        lock (_lock)
        {
            // A logger would write it a moment later, when this program is no more.
            Console.Error.WriteLine($"This silo cannot go on, and its process begins anew: {(context is { Length: > LongestSaid } ? context[..LongestSaid] : context)}");
            if (OperatingSystem.IsLinux())
            {
                Begin();
            }

            Environment.FailFast($"This silo cannot go on ({context}), nor begin anew.", exception);
        }
    }

    /// <summary>Returns only where it failed.</summary>
    private static void Begin()
    {
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
