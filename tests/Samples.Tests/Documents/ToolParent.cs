using System.Runtime.CompilerServices;
using BlueEdge.Samples.Documents.Processes;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>
/// This program as another process, which a test starts and kills: where the variable is set it runs a tool that never ends,
/// and no tests.
/// </summary>
internal static class ToolParent
{
    public const string Variable = "BLUEEDGE_TEST_PID_FILE";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } pidFile)
        {
            var command = new ToolCommand
            {
                Program = "sh",
                Package = "dash",
                Arguments = ["-c", $"echo $$ > {pidFile}.new; mv {pidFile}.new {pidFile}; exec sleep 1000"],
                Limits = new(1000, "Some:Seconds", 512),
            };
            ToolProcess.RunAsync(command, CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}
