// A client of a cluster without REST: submits a session, prints its results as they come, and how it ended.
//   BlueEdge__Redis=127.0.0.1:6379 dotnet run --project samples/Client -- Ada Grace
using System.Text;
using System.Text.Json;
using BlueEdge;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder();
builder.AddBlueEdgeClient();
using var host = builder.Build();
await host.StartAsync();
var client = host.Services.GetRequiredService<IBlueEdgeClient>();

var id = await client.SubmitAsync(new()
{
    Channels =
    [
        new() { Name = "Names", Type = ChannelType.Json },
        new() { Name = "Greetings", Type = ChannelType.Json, Interested = true },
    ],
    Nodes =
    [
        new()
        {
            Name = "Greeter",
            Engine = "hello",
            Inputs = [new() { Port = "Control", Channel = "Names" }],
            Outputs = [new() { Port = "Result", Channel = "Greetings" }],
        },
    ],
    StartData =
    [
        .. args.Select(name => new StartDataSpec
        {
            Channel = "Names",
            Payload = Payload.Json(Encoding.UTF8.GetBytes($"{{\"name\": {JsonSerializer.Serialize(name)}}}")),
        }),
    ],
});

await foreach (var result in client.ResultsAsync(id, "Greetings"))
{
    Console.WriteLine(Encoding.UTF8.GetString(result.Payload.Bytes.Span));
}

var session = await client.WaitAsync(id);
Console.WriteLine($"Session {id}: {session?.Status}");
await host.StopAsync();
