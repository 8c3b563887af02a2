using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Clustering;

/// <summary>
/// What a silo does that may be none any more, above all one that hung, was declared dead and goes on: the process begins anew
/// in its own place, under its id and with its arguments and environment. Nothing of what it believed is left, and no
/// supervisor is needed.
/// </summary>
internal sealed partial class EvictedSilo(ILogger<EvictedSilo> logger) : IFatalErrorHandler
{
    private const string OwnProgram = "/proc/self/exe";
    private const string OwnArguments = "/proc/self/cmdline";

    private readonly Lock _lock = new();

    public bool IsUnexpected(Exception exception) => exception is not (ThreadAbortException or OperationCanceledException);

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // At once, for until then it does what it should not; who comes second waits for that.
        lock (_lock)
        {
            LogAnew(exception, context ?? "a fatal error");
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
        var arguments = Encoding.UTF8.GetString(File.ReadAllBytes(OwnArguments)).Split('\0');
        arguments[^1] = null!; // Behind the last separator there is nothing: where execv finds the end.
        Execute(OwnProgram, arguments);
    }

    [SuppressMessage("Globalization", "CA2101:Specify marshaling for P/Invoke string arguments", Justification = "It is specified: UTF-8.")]
    [DllImport("libc", EntryPoint = "execv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string[] arguments);

    [LoggerMessage(LogLevel.Error, "This silo cannot go on ({Context}): the process begins anew. A silo that hung was taken for dead by the others")]
    private partial void LogAnew(Exception? exception, string context);
}
