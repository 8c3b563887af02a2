using System.Text.Json;
using BlueEdge.Load;
using BlueEdge.Load.Sockets;

// The load, a process of its own: Load URL BODY-FILE STATUS [EXPECTED…], of sockets Load session|echo ADDRESS…. Reads a LoadRequest a line, answers
// each with a LoadReport.
Func<LoadRequest, Task<LoadReport>> run;
switch (args)
{
    case ["session" or "echo", _, ..]:
        run = (await SocketLoop.OpenAsync(args[1..], isSession: args[0] is "session")).RunAsync;
        break;
    case [var url, var bodyFile, var status, .. var expected]:
        var body = await File.ReadAllTextAsync(bodyFile);
        run = new ClosedLoop(new(new(url), body, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), expected)).RunAsync;
        break;
    default:
        Console.Error.WriteLine("usage: Load URL BODY-FILE STATUS [EXPECTED…] | Load session|echo ADDRESS…");
        return 2;
}

Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    LoadReport report;
    try
    {
        report = await run(JsonSerializer.Deserialize(line, LoadJson.Default.LoadRequest) ?? throw new LoadException("A request is null."));
    }
    catch (Exception error) when (error is LoadException or System.Net.Sockets.SocketException)
    {
        report = new(0, 0, 0, 0, 0, 0, 0, 0, error.Message);
    }

    Console.WriteLine(JsonSerializer.Serialize(report, LoadJson.Default.LoadReport));
}

return 0;
