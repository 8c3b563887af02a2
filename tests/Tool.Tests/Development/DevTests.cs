using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Development;

public sealed class DevTests(EmbeddedProcess server)
{
    [Fact]
    public async Task A_program_is_run_at_the_servers_address_until_Ctrl_C()
    {
        var folder = Directory.CreateDirectory(server.NewFolder()).FullName;
        var address = $"http://127.0.0.1:{EmbeddedProcess.FreePort()}";
        using var tool = ToolProcess.Start(["dev", EmbeddedProcess.Program, "--server", address], folder);

        await tool.SaysAsync("takes sessions");
        var run = (await ToolProcess.RunAsync(["run", server.File(Sessions.Bodies.Hello), "--wait", "-o", "jsonl", "--server", address])).Ended(0);
        await tool.InterruptAsync();
        (await tool.EndAsync()).Ended(130);

        Assert.Contains("Hello, Ada!", run.Out, StringComparison.Ordinal);
        (await ToolProcess.RunAsync(["engines", "--server", address])).Ended(5);
    }

    [Fact]
    public async Task The_project_of_the_folder_is_built_run_and_ended()
    {
        var folder = Directory.CreateDirectory(server.NewFolder()).FullName;
        var address = $"http://127.0.0.1:{EmbeddedProcess.FreePort()}";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "app.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Program.cs"),
            """
            var app = Microsoft.AspNetCore.Builder.WebApplication.Create(args);
            Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/health/ready", () => "Healthy");
            app.Run();
            System.IO.File.WriteAllText("stopped", "in order");
            """,
            TestContext.Current.CancellationToken);

        using var tool = ToolProcess.Start(["dev", "--server", address], folder);
        await tool.SaysAsync("takes sessions");
        await tool.InterruptAsync();
        (await tool.EndAsync()).Ended(130);

        Assert.Equal("in order", await File.ReadAllTextAsync(Path.Combine(folder, "stopped"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_exit_code_of_a_program_that_ends_is_passed_on()
    {
        var run = await ToolProcess.RunAsync(["dev", EmbeddedProcess.Program, "--server", "http://127.0.0.1:1", "--arg=--BlueEdge:Mode=Nonsense"], Directory.CreateDirectory(server.NewFolder()).FullName);

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("takes sessions", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_project_is_told_of()
    {
        var folder = Directory.CreateDirectory(server.NewFolder()).FullName;

        var none = (await ToolProcess.RunAsync(["dev"], folder)).Ended(2);
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csproj"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "b.csproj"), "", TestContext.Current.CancellationToken);
        var two = (await ToolProcess.RunAsync(["dev"], folder)).Ended(2);
        var built = (await ToolProcess.RunAsync(["dev", EmbeddedProcess.Program, "--watch"], folder)).Ended(2);

        Assert.Contains("There is no project in", none.Error, StringComparison.Ordinal);
        Assert.Contains("There are 2 projects", two.Error, StringComparison.Ordinal);
        Assert.Contains("is built already", built.Error, StringComparison.Ordinal);
    }
}
