using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Processes;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class ToolProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly ToolLimits Limits = new(60, "Some:Seconds", 512);

    [Fact]
    public async Task A_missing_program_is_named_with_the_package_that_brings_it()
    {
        var command = new ToolCommand { Program = "no-such-program", Package = "some-package", Arguments = [], Limits = Limits };

        var error = await Assert.ThrowsAsync<DocumentException>(() => ToolProcess.RunAsync(command, TestContext.Current.CancellationToken));

        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install some-package", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_output_error_environment_and_exit_code_all_pass()
    {
        var command = Shell("cat; echo \"$GREETING\" >&2; exit 3") with
        {
            Input = "to be echoed"u8.ToArray(),
            Environment = ImmutableDictionary<string, string>.Empty.Add("GREETING", "hello"),
        };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal("to be echoed"u8, result.Output.Span);
        Assert.Equal("hello", result.Error);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task Much_output_on_both_streams_blocks_nothing_and_the_error_text_is_cut()
    {
        var command = Shell("head -c 3000000 /dev/zero | tr '\\0' e >&2; head -c 3000000 /dev/zero");

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(3_000_000, result.Output.Length);
        Assert.Equal(BoundedText.MaxCharacters, result.Error.Length);
    }

    [Fact]
    public async Task A_tool_may_leave_its_input_unread()
    {
        var command = Shell("exit 0") with { Input = new byte[5_000_000] };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task An_argument_is_never_read_by_a_shell()
    {
        var command = new ToolCommand { Program = "printf", Package = "coreutils", Arguments = ["%s", "$(id) `id` ; * \"quoted\""], Limits = Limits };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal("$(id) `id` ; * \"quoted\""u8, result.Output.Span);
    }

    [Fact]
    public async Task Cancelling_kills_the_tool_and_what_it_started()
    {
        using var folder = new ScratchFolder();
        var pidFile = Path.Combine(folder.Path, "pids");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = ToolProcess.RunAsync(
            Shell($"sleep 1000 & echo $$ $! > {pidFile}.new; mv {pidFile}.new {pidFile}; wait"), cancel.Token);
        await folder.AppearsAsync("pids", cancel.Token);
        var pids = (await File.ReadAllTextAsync(pidFile, cancel.Token)).Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture));
        Process[] processes = [.. pids.Select(Process.GetProcessById)];

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
            process.Dispose();
        }
    }

    [Fact]
    public async Task A_tool_that_takes_too_long_is_killed_and_the_setting_is_named()
    {
        var command = Shell("exec sleep 1000") with { Limits = Limits with { Seconds = 1 } };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ToolEnd.OutOfTime, result.End);
        Assert.Equal("it takes longer than 1 s (Some:Seconds)", result.Breakdown(command));
    }

    [Fact]
    public async Task A_tool_that_writes_without_end_is_killed()
    {
        var command = new ToolCommand { Program = "cat", Package = "coreutils", Arguments = ["/dev/zero"], Limits = Limits };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ToolEnd.OutOfOutput, result.End);
        Assert.Contains("256 MB", result.Breakdown(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_s_memory_files_and_processor_are_limited()
    {
        var result = await ToolProcess.RunAsync(Shell("ulimit -v; ulimit -f; ulimit -t; ulimit -c"), TestContext.Current.CancellationToken);

        Assert.Equal("524288\n131072\n65\n0\n"u8, result.Output.Span);
    }

    [Fact]
    public async Task A_tool_without_memory_names_the_setting()
    {
        var command = Shell("exec head -c 2000M /dev/zero | tail -c 2000M") with { Limits = Limits with { Megabytes = 64 } };

        var result = await ToolProcess.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Contains("BlueEdge:Documents:ToolMegabytes", result.Breakdown(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_outlives_the_thread_that_asked_for_it()
    {
        var run = new TaskCompletionSource<Task<ToolResult>>();
        var thread = new Thread(() => run.SetResult(ToolProcess.RunAsync(Shell("sleep 1; echo there"), CancellationToken.None)));
        thread.Start();
        thread.Join();

        var result = await await run.Task;

        Assert.Equal("there\n"u8, result.Output.Span);
    }

    [Fact]
    public async Task A_tool_ends_with_the_process_that_started_it_also_when_that_is_killed()
    {
        using var folder = new ScratchFolder();
        var pidFile = Path.Combine(folder.Path, "pid");
        var program = new ProcessStartInfo("dotnet", [typeof(ToolProcessTests).Assembly.Location]);
        program.Environment[ToolParent.Variable] = pidFile;
        using var parent = Process.Start(program)!; // It is started anew, not taken over.
        await folder.AppearsAsync("pid", TestContext.Current.CancellationToken);
        using var tool = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pidFile, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));

        parent.Kill(entireProcessTree: false);

        await tool.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static ToolCommand Shell(string script) => new() { Program = "sh", Package = "dash", Arguments = ["-c", script], Limits = Limits };
}
