using System.Text.Json;
using BlueEdge.Load;

// The load, a process of its own: Load URL BODY-FILE STATUS [EXPECTED…]. Reads a LoadRequest a line, answers each with a LoadReport.
if (args is not [var url, var bodyFile, var status, .. var expected])
{
    Console.Error.WriteLine("usage: Load URL BODY-FILE STATUS [EXPECTED…]");
    return 2;
}

var body = await File.ReadAllTextAsync(bodyFile);
var loop = new ClosedLoop(new(new(url), body, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), expected));
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    LoadReport report;
    try
    {
        report = await loop.RunAsync(JsonSerializer.Deserialize(line, LoadJson.Default.LoadRequest) ?? throw new LoadException("A request is null."));
    }
    catch (Exception error) when (error is LoadException or System.Net.Sockets.SocketException)
    {
        report = new(0, 0, 0, 0, 0, 0, 0, 0, error.Message);
    }

    Console.WriteLine(JsonSerializer.Serialize(report, LoadJson.Default.LoadReport));
}

return 0;
